import { askBreakdownChanges, breakdownChanges } from '../../api/compare';
import { useAnswer } from '../../api/use-answer';
import { formatValue } from '../../profile/units';
import { Empty, Failure, Pane } from '../../ui/states';
import { GLYPHS } from '../changed/figures';
import type { CompareViewProps } from '../compare-views';
import './labels-view.css';

/** Explain by label: which values carry how much of the change, of the whole or of one function. */
export default function LabelsView({ comparison, ranked, state }: CompareViewProps) {
  const { data, error, isFetching, refetch } = useAnswer(
    askBreakdownChanges(comparison.left, comparison.right, null, state.fn),
    breakdownChanges,
  );
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  const unit = ranked.changes?.right.unit ?? '';
  const labels = (data?.labels ?? []).filter((l) => l.valueCount > 1);
  return (
    <Pane busy={isFetching} label="Change by label" className="by-label">
      <p className="by-label-of">
        {state.fn === null ? 'Of the whole' : <code>{state.fn}</code>}: change per second{' '}
        <strong className="num">
          {data ? `${sign(data.changePerSecond)} ${formatValue(Math.abs(data.changePerSecond), unit)}/s` : ''}
        </strong>
      </p>
      {data && labels.length === 0 ? <Empty title="No label has two values here." /> : null}
      <div className="by-label-tables">
        {labels.map(({ label, valueCount, values }) => (
          <table key={label} className="table">
            <caption>
              {label} <span className="unit">{valueCount} values</span>
            </caption>
            <thead>
              <tr>
                <th scope="col">Value</th>
                <th scope="col" className="num">
                  Change per second
                </th>
                <th scope="col" className="num">
                  Of the change
                </th>
              </tr>
            </thead>
            <tbody>
              {values.map((value) => (
                <tr key={value.value} data-direction={value.changePerSecond > 0 ? 'up' : 'down'}>
                  <td>{value.value || <span className="unit">without {label}</span>}</td>
                  <td className="num by-label-change">
                    {sign(value.changePerSecond)} {formatValue(Math.abs(value.changePerSecond), unit)}/s
                  </td>
                  <td className="num">{value.contribution === null ? '—' : `${(value.contribution * 100).toFixed(1)}%`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </div>
    </Pane>
  );
}

function sign(change: number): string {
  return change > 0 ? GLYPHS.up : change < 0 ? GLYPHS.down : GLYPHS.same;
}
