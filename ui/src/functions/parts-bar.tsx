import { askBreakdown, breakdown } from '../api/breakdown';
import type { Target } from '../api/selection';
import type { ServicePart } from '../api/top';
import { useAnswer } from '../api/use-answer';
import { SERVICE } from '../profile/selector';
import { formatShare } from '../profile/units';
import './parts-bar.css';
import { PART_COLOURS, partsInWords } from './service-parts';

/** How a function's total is spread over services, the largest first and named. */
export function PartsBar({ parts, ranks }: { readonly parts: readonly ServicePart[]; readonly ranks: ReadonlyMap<string, number> }) {
  const whole = parts.reduce((sum, part) => sum + part.total, 0);
  const words = partsInWords(parts, formatShare);
  return (
    <div className="parts-bar" title={words}>
      <div className="parts-bar-bar" role="img" aria-label={words}>
        {parts.map(({ service, total }) => (
          <span
            key={service}
            className={`parts-bar-part parts-bar-${ranks.get(service) ?? PART_COLOURS - 1}`}
            style={{ width: `${whole > 0 ? (100 * total) / whole : 0}%` }}
          />
        ))}
      </div>
      <span className="parts-bar-name">
        {parts[0]?.service ?? ''}
        {parts.length > 1 ? ` +${parts.length - 1}` : ''}
      </span>
    </div>
  );
}

/** The same for a function that is not among the heaviest: asked for by itself. */
export function PartsOf({
  target,
  fn,
  ranks,
}: {
  readonly target: Target;
  readonly fn: string;
  readonly ranks: ReadonlyMap<string, number>;
}) {
  const { data } = useAnswer(askBreakdown(target, { label: SERVICE, fn, limit: 20 }), breakdown, { keep: false });
  const values = data?.labels.at(0)?.values ?? [];
  return <PartsBar parts={values.map(({ value, total }) => ({ service: value, self: 0, total }))} ranks={ranks} />;
}
