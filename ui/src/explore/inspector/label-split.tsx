import { askBreakdown, breakdown, type LabelBreakdown } from '../../api/breakdown';
import type { Target } from '../../api/selection';
import { useAnswer } from '../../api/use-answer';
import { formatShare } from '../../profile/units';
import { Section } from './section';

const VALUES = 4;
const LABELS = 5;

/** Which label values a function's cost belongs to. Labels with one value say nothing and are left out. */
export function LabelSplitSection({
  target,
  fn,
  onLabel,
}: {
  readonly target: Target;
  readonly fn: string;
  readonly onLabel: (label: string) => void;
}) {
  const answer = useAnswer(askBreakdown(target, { fn, limit: VALUES }), breakdown, { keep: false });
  return (
    <Section title="By label" answer={answer}>
      {(split) => {
        const labels = split.labels.filter((label) => label.valueCount > 1).slice(0, LABELS);
        if (labels.length === 0) return <p className="inspector-note">All of it has the same labels.</p>;
        return labels.map((label) => <OneLabel key={label.label} label={label} total={split.total} onLabel={onLabel} />);
      }}
    </Section>
  );
}

function OneLabel({
  label,
  total,
  onLabel,
}: {
  readonly label: LabelBreakdown;
  readonly total: number;
  readonly onLabel: (label: string) => void;
}) {
  const more = label.valueCount - label.values.length;
  return (
    <div className="inspector-label">
      <button type="button" className="inspector-link" onClick={() => onLabel(label.label)}>
        {label.label}
      </button>
      <ul className="inspector-list">
        {label.values.map(({ value, total: part }) => (
          <li key={value} className="inspector-share">
            <span className="inspector-share-bar" style={{ width: `${total > 0 ? (100 * part) / total : 0}%` }} />
            <span className="inspector-share-name">{value === '' ? '(none)' : value}</span>
            <span className="num unit">{formatShare(part, total)}</span>
          </li>
        ))}
      </ul>
      {more > 0 ? <p className="inspector-note">and {more} more values</p> : null}
    </div>
  );
}
