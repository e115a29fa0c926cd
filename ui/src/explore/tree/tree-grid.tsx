import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { movedRow } from '../../ui/row-keys';
import { ROW_HEIGHT, useVirtualRows } from '../../ui/virtual-rows';
import type { FunctionMenu } from '../tools/use-function-menu';
import type { ViewProps } from '../view-props';
import { flatten, needsPart, type Branch, type NoteRow, type Order, type TreeRow } from './branches';
import './tree-grid.css';
import { TreeGridHead, type Sort } from './tree-grid-head';
import { treeKey } from './tree-keys';
import { TreeRowCells } from './tree-row';
import type { OpenBranches } from './use-open-branches';
import type { AskedParts } from './use-parts';

export interface TreeGridProps extends Pick<ViewProps, 'state' | 'change' | 'unit'> {
  readonly label: string;
  readonly roots: readonly Branch[];
  /** Columns that sort. */
  readonly sorts: readonly Sort[];
  readonly asked: AskedParts;
  /** Whether what a branch folds can be asked for. */
  readonly canAsk: (key: string) => boolean;
  readonly open: OpenBranches;
  /** What shares are of. */
  readonly total: number;
  readonly onMenu?: FunctionMenu['onMenu'];
  readonly onCommand?: FunctionMenu['onCommand'];
}

/** A tree as a table (ARIA's treegrid with the focus on the grid): arrows move, → opens, ← closes, Enter selects the function. */
export function TreeGrid({ label, roots, sorts, asked, canAsk, open, total, state, change, unit, onMenu, onCommand }: TreeGridProps) {
  const id = useId();
  const [active, setActive] = useState(0);
  const order: Order = state.sort === 'name' ? 'name' : 'total';
  const rows = useMemo(() => flatten(roots, open.keys, asked.parts, order), [roots, open.keys, asked.parts, order]);
  const { window, scroller, bodyStyle, rowStyle, reveal, pageRows } = useVirtualRows(rows.length, ROW_HEIGHT);
  const at = Math.min(active, rows.length - 1);
  const move = (to: number): void => {
    setActive(to);
    reveal(to);
  };
  const isAskable = (row: NoteRow): boolean => !row.isPart && canAsk(row.branch.key);
  const toggle = (row: TreeRow): void => {
    if (row.kind === 'note') {
      if (isAskable(row)) asked.want(row.branch.key);
      return;
    }
    if (row.isLeaf) return;
    if (!row.isOpen && needsPart(row.branch) && canAsk(row.branch.key)) asked.want(row.branch.key);
    open.set([row.branch.key], !row.isOpen);
  };
  const select = (row: TreeRow): void => {
    if (row.kind === 'note') toggle(row);
    else if (row.branch.frames?.name[row.branch.node] !== -1) change({ fn: row.branch.name });
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const row = rows.at(at);
    const to = movedRow(event.key, at, rows.length, pageRows());
    const step = row ? treeKey(event.key, rows, at) : null;
    if (to !== null) move(to);
    else if (step?.kind === 'move') move(step.to);
    else if (step?.kind === 'toggle' && row) toggle(row);
    else if (event.key === 'Enter' && row) select(row);
    else if (step === null && !(row && onCommand?.(row.branch.name, event.key))) return;
    event.preventDefault();
  };
  return (
    <div
      ref={scroller}
      role="treegrid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={at >= window.first && at < window.end ? `${id}-${at}` : undefined}
      tabIndex={0}
      className="tree-grid"
      onKeyDown={pressed}
    >
      <TreeGridHead
        sort={sorts.includes(state.sort) ? state.sort : 'total'}
        sorts={sorts}
        onSort={(sort) => change({ sort }, { replace: true })}
      />
      <div role="rowgroup" style={bodyStyle}>
        {rows.slice(window.first, window.end).map((row, i) => {
          const index = window.first + i;
          const isBranch = row.kind === 'branch';
          return (
            <div
              key={`${row.kind} ${row.branch.key}`}
              id={`${id}-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-level={row.level}
              aria-posinset={isBranch ? row.position : undefined}
              aria-setsize={isBranch ? row.siblings : undefined}
              aria-expanded={isBranch && !row.isLeaf ? row.isOpen : undefined}
              aria-selected={isBranch && row.branch.name === state.fn}
              data-active={index === at}
              className="tree-grid-row"
              style={rowStyle(index)}
              onClick={() => {
                setActive(index);
                select(row);
              }}
              onDoubleClick={() => toggle(row)}
              onContextMenu={(event) => {
                if (!onMenu || !isBranch) return;
                event.preventDefault();
                setActive(index);
                onMenu(row.branch.name, event.clientX, event.clientY);
              }}
            >
              <TreeRowCells
                row={row}
                unit={unit}
                total={total}
                asked={asked}
                isAskable={row.kind === 'note' && isAskable(row)}
                onToggle={() => toggle(row)}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
