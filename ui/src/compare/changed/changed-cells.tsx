import { FunctionName } from '../../ui/function-name';
import { certainty } from '../change-mode';
import type { ChangedRow } from './changed-table';

export interface ChangedCellsProps {
  readonly row: ChangedRow;
  readonly compact: boolean;
  readonly sort: 'self' | 'total';
  /** Size of the largest change: a full bar. */
  readonly largest: number;
}

const CERTAINTY = { unknown: '—', noise: 'noise', likely: 'likely', sure: 'sure' } as const;

export function ChangedCells({ row: { fn, figures }, compact, sort, largest }: ChangedCellsProps) {
  const measure = fn[sort];
  const part = largest > 0 ? Math.abs(figures.change) / largest : 0;
  return (
    <>
      <span role="gridcell" className="changed-name">
        <FunctionName name={fn.name} />
        <span className="changed-bar" style={{ width: `${part * 100}%` }} />
      </span>
      <span role="gridcell" className="num">
        {figures.left}
      </span>
      <span role="gridcell" className="num">
        {figures.right}
      </span>
      {compact ? null : (
        <>
          <span role="gridcell" className="num unit">
            {figures.noise}
          </span>
          <span role="gridcell" className="changed-certainty" title="How much more than noise: below 2 is noise, from 4 on it is sure">
            {CERTAINTY[certainty(measure.significance)]}
          </span>
        </>
      )}
      <span role="gridcell" className="num changed-delta">
        {figures.delta}
      </span>
    </>
  );
}
