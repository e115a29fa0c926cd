import { ChangeMark } from '../../ui/change-mark';
import { formatShare, formatValue } from '../../profile/units';
import { certainty } from '../change-mode';
import { formatChange } from '../changed/figures';
import type { CompareViewProps } from '../compare-views';

const CERTAINTY = {
  unknown: 'too few sub-windows to tell it from noise',
  noise: 'within noise: it does this by itself',
  likely: 'likely more than noise',
  sure: 'more than noise',
} as const;

/** One function on both sides. */
export function DiffInspector({ ranked: { changes, scale }, state }: CompareViewProps) {
  const fn = changes?.functions.find((f) => f.name === state.fn);
  if (!changes || !scale || !fn) {
    return (
      <aside className="diff-inspector" aria-label="Function">
        <p className="unit">{state.fn === null ? 'Choose a function to see it on both sides.' : 'This function did not change.'}</p>
      </aside>
    );
  }
  const rows = (['self', 'total'] as const).map((measure) => ({
    measure,
    left: fn.left[measure],
    right: fn.right[measure],
    change: fn.right[measure] * scale.right - fn.left[measure] * scale.left,
  }));
  return (
    <aside className="diff-inspector" aria-label="Function">
      <h2>{fn.name}</h2>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">Measure</span>
            </th>
            <th scope="col" className="num">
              A
            </th>
            <th scope="col" className="num">
              B
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ measure, left, right }) => (
            <tr key={measure}>
              <th scope="row">{measure === 'self' ? 'Self' : 'Total'}</th>
              <td className="num">{formatValue(left, changes.left.unit)}</td>
              <td className="num">{formatValue(right, changes.right.unit)}</td>
            </tr>
          ))}
          {rows.map(({ measure, left, right }) => (
            <tr key={measure}>
              <th scope="row">{measure === 'self' ? 'Self share' : 'Total share'}</th>
              <td className="num">{formatShare(left, changes.left.total)}</td>
              <td className="num">{formatShare(right, changes.right.total)}</td>
            </tr>
          ))}
          {rows.map(({ measure, change }) => (
            <tr key={measure}>
              <th scope="row">{measure === 'self' ? 'Δ self' : 'Δ total'}</th>
              <td className="num" colSpan={2}>
                <ChangeMark change={change} text={formatChange(change, changes.right.unit, scale)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="unit">{CERTAINTY[certainty(fn[state.sort].significance)]}</p>
    </aside>
  );
}
