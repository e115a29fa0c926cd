import { useEffect } from 'react';
import { formatShare } from '../../profile/units';
import { Value } from '../../ui/value';
import { useVirtualRows } from '../../ui/virtual-rows';
import './code-lines.css';
import { hottestRow, type SourceRow } from './source-rows';

export interface CodeLinesProps {
  readonly rows: readonly SourceRow[];
  /** Value of the whole selection. */
  readonly total: number;
  readonly unit: string;
}

const ROW = 20;
const HEAD = 26;

/** Lines of a file with what they cost, opened at the hottest. As a table for screen readers; the rows in sight only. */
export function CodeLines({ rows, total, unit }: CodeLinesProps) {
  const { window, scroller, bodyStyle, rowStyle, centre } = useVirtualRows(rows.length, HEAD, ROW);
  useEffect(() => centre(hottestRow(rows)), [rows, centre]);
  const hasCode = rows.some((row) => row.code !== null);
  return (
    <div
      ref={scroller}
      className="code-lines"
      role="table"
      aria-label="Lines and what they cost"
      aria-rowcount={rows.length + 1}
      tabIndex={0}
      data-code={hasCode}
    >
      <div role="row" aria-rowindex={1} className="code-lines-head">
        <span role="columnheader">Self</span>
        <span role="columnheader">%</span>
        <span role="columnheader">Total</span>
        <span role="columnheader">Line</span>
        {hasCode ? <span role="columnheader">Code</span> : null}
      </div>
      <div role="rowgroup" style={bodyStyle}>
        {rows.slice(window.first, window.end).map(({ line, code, self, total: all, heat }, i) => (
          <div
            key={line}
            role="row"
            aria-rowindex={window.first + i + 2}
            className="code-lines-row"
            data-warm={all > 0}
            style={{ ...rowStyle(window.first + i), '--heat': heat }}
          >
            <span role="cell" className="num">
              {self > 0 ? <Value value={self} unit={unit} /> : ''}
            </span>
            <span role="cell" className="num unit">
              {self > 0 ? formatShare(self, total) : ''}
            </span>
            <span role="cell" className="num">
              {all > 0 ? <Value value={all} unit={unit} /> : ''}
            </span>
            <span role="rowheader" className="num code-lines-number">
              {line}
            </span>
            {code === null ? null : (
              <span role="cell" className="code-lines-code">
                {code}
              </span>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}
