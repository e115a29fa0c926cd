import type { ReactNode } from 'react';
import { ChangeMark } from '../ui/change-mark';
import type { Changes } from '../api/compare';
import type { Scale } from './change-mode';
import { formatChange, formatSide } from './changed/figures';
import type { TwoSided } from './two-sided';

export interface TwoSidedTableProps {
  readonly title: string;
  readonly first: string;
  readonly rows: readonly TwoSided[];
  readonly changes: Changes;
  readonly scale: Scale;
  readonly name: (row: TwoSided) => ReactNode;
  /** Said where there are no rows. */
  readonly empty: string;
}

/** A, B and the change between them, row by row. */
export function TwoSidedTable({ title, first, rows, changes, scale, name, empty }: TwoSidedTableProps) {
  return (
    <table className="table two-sided">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <th scope="col" className="num">
            A
          </th>
          <th scope="col" className="num">
            B
          </th>
          <th scope="col" className="num">
            Δ
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const change = row.right * scale.right - row.left * scale.left;
          return (
            <tr key={row.key}>
              <td className="two-sided-name">{name(row)}</td>
              <td className="num">{formatSide(row.left, changes.left, scale.left, scale)}</td>
              <td className="num">{formatSide(row.right, changes.right, scale.right, scale)}</td>
              <td className="num">
                <ChangeMark change={change} text={formatChange(change, changes.right.unit, scale)} />
              </td>
            </tr>
          );
        })}
        {rows.length === 0 ? (
          <tr>
            <td colSpan={4} className="unit">
              {empty}
            </td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}
