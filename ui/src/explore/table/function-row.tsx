import type { FunctionRow } from '../../api/functions';
import { formatShare } from '../../profile/units';
import { FunctionName } from '../../ui/function-name';
import { Value } from '../../ui/value';

export interface FunctionRowCellsProps {
  /** Null while its page is on the way. */
  readonly row: FunctionRow | null;
  readonly compact: boolean;
  readonly unit: string;
  /** Value of the whole selection. */
  readonly total: number;
  /** What a full bar stands for. */
  readonly largest: { readonly by: 'self' | 'total'; readonly value: number };
}

export function FunctionRowCells({ row, compact, unit, total, largest }: FunctionRowCellsProps) {
  if (row === null) {
    return (
      <span role="gridcell" className="function-table-name function-table-waiting">
        …
      </span>
    );
  }
  const share = largest.value > 0 ? row[largest.by] / largest.value : 0;
  return (
    <>
      <span role="gridcell" className="function-table-name">
        <FunctionName name={row.name} />
        <span className="function-table-bar" style={{ width: `${100 * share}%` }} />
      </span>
      <span role="gridcell" className="num">
        <Value value={row.self} unit={unit} />
      </span>
      {compact ? null : (
        <>
          <span role="gridcell" className="num">
            {formatShare(row.self, total)}
          </span>
          <span role="gridcell" className="num">
            <Value value={row.total} unit={unit} />
          </span>
        </>
      )}
      <span role="gridcell" className="num">
        {formatShare(row.total, total)}
      </span>
    </>
  );
}
