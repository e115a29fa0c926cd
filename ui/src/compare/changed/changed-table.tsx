import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import type { ChangedFunction, Changes } from '../../api/compare';
import { movedRow } from '../../ui/row-keys';
import { ROW_HEIGHT, useVirtualRows } from '../../ui/virtual-rows';
import type { CompareState } from '../../url/compare-state';
import { passes, type Scale } from '../change-mode';
import { ChangedCells } from './changed-cells';
import './changed-table.css';
import { figuresOf, type ChangeFigures } from './figures';

export interface ChangedTableProps {
  readonly changes: Changes;
  readonly scale: Scale;
  readonly state: CompareState;
  onSelect(fn: string): void;
  /** The panel beside the graph: name, A, B, change. */
  readonly compact?: boolean;
}

export interface ChangedRow {
  readonly fn: ChangedFunction;
  readonly figures: ChangeFigures;
}

/** Functions by the size of their change, up or down. Jitter is told from findings by the spread over sub-windows. */
export function ChangedTable({ changes, scale, state, onSelect, compact = false }: ChangedTableProps) {
  const id = useId();
  const [active, setActive] = useState(0);
  const rows = useMemo(() => rowsOf(changes, scale, state), [changes, scale, state]);
  const { window, scroller, bodyStyle, rowStyle, reveal, pageRows } = useVirtualRows(rows.length, ROW_HEIGHT);
  const largest = rows.length > 0 ? Math.abs(rows[0].figures.change) : 0;
  const at = Math.min(active, rows.length - 1);
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = movedRow(event.key, at, rows.length, pageRows());
    if (to !== null) {
      setActive(to);
      reveal(to);
    } else if (event.key === 'Enter' && at >= 0) onSelect(rows[at].fn.name);
    else return;
    event.preventDefault();
  };
  const shown = Array.from({ length: Math.max(0, window.end - window.first) }, (_, i) => window.first + i);
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label="What changed"
      aria-rowcount={rows.length + 1}
      aria-colcount={compact ? 4 : 6}
      aria-activedescendant={at >= window.first && at < window.end ? `${id}-${at}` : undefined}
      tabIndex={0}
      className="changed"
      data-compact={compact}
      onKeyDown={pressed}
    >
      <div role="row" aria-rowindex={1} className="changed-row changed-head">
        {titles(compact, state.sort).map((title) => (
          <span key={title} role="columnheader">
            {title}
          </span>
        ))}
      </div>
      <div role="rowgroup" style={bodyStyle}>
        {shown
          .filter((index) => index < rows.length)
          .map((index) => (
            <div
              key={rows[index].fn.name}
              id={`${id}-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={rows[index].fn.name === state.fn}
              data-active={index === at}
              data-direction={rows[index].figures.direction}
              className="changed-row"
              style={rowStyle(index)}
              onClick={() => {
                setActive(index);
                onSelect(rows[index].fn.name);
              }}
            >
              <ChangedCells row={rows[index]} compact={compact} sort={state.sort} largest={largest} />
            </div>
          ))}
      </div>
    </div>
  );
}

function titles(compact: boolean, sort: 'self' | 'total'): readonly string[] {
  return compact ? ['What changed', 'A', 'B', `Δ ${sort}`] : ['What changed', 'A', 'B', 'Noise', 'Certainty', `Δ ${sort}`];
}

function rowsOf(changes: Changes, scale: Scale, state: CompareState): readonly ChangedRow[] {
  return changes.functions
    .map((fn) => ({ fn, figures: figuresOf(fn, state.sort, changes, scale) }))
    .filter(({ fn, figures }) => passes(state.filter, fn.left.total, fn.right.total, figures.change))
    .sort((a, b) => Math.abs(b.figures.change) - Math.abs(a.figures.change));
}
