import { useId, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { movedRow } from '../../ui/row-keys';
import { Failure, Pane } from '../../ui/states';
import { ROW_HEIGHT, useVirtualRows } from '../../ui/virtual-rows';
import type { FunctionMenu } from '../tools/use-function-menu';
import type { ViewProps } from '../view-props';
import { FunctionRowCells } from './function-row';
import './function-table.css';
import { FunctionTableHead } from './function-table-head';
import { NoFunctions } from './no-functions';
import { useFunctionPages } from './use-function-pages';

export interface FunctionTableProps extends ViewProps {
  /** The panel beside the flame graph: name, self and share of total only. */
  readonly compact: boolean;
  /** Opens the menu of a function at a point of the page, in CSS pixels. */
  readonly onMenu?: FunctionMenu['onMenu'];
  readonly onCommand?: FunctionMenu['onCommand'];
}

/** Exact functions of the whole selection, never of the drawn tree. The grid has the focus; arrows move an active row within it. */
export function FunctionTable({ target, state, change, unit, compact, onMenu, onCommand }: FunctionTableProps) {
  const id = useId();
  const [active, setActive] = useState(0);
  const [count, setCount] = useState(0);
  const { window, scroller, bodyStyle, rowStyle, reveal, pageRows } = useVirtualRows(count, ROW_HEIGHT);
  const pages = useFunctionPages(target, state.sort, state.search, window);
  const { head, row } = pages;
  if (head && head.matchCount !== count) setCount(head.matchCount);
  if (pages.error) return <Failure error={pages.error} retry={pages.retry} />;
  const at = Math.min(active, count - 1);
  const move = (to: number): void => {
    setActive(to);
    reveal(to);
  };
  const choose = (index: number): void => {
    const chosen = row(index);
    if (chosen) change({ fn: chosen.name });
  };
  const command = (key: string): boolean => {
    const fn = row(at)?.name;
    return fn !== undefined && onCommand !== undefined && onCommand(fn, key);
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const to = movedRow(event.key, at, count, pageRows());
    if (to !== null) move(to);
    else if (event.key === 'Enter') choose(at);
    else if (!command(event.key)) return;
    event.preventDefault();
  };
  const menu = (event: MouseEvent): void => {
    const index = rowIndexOf(event.target) ?? at;
    const fn = row(index)?.name;
    if (fn === undefined || !onMenu) return;
    event.preventDefault();
    setActive(index);
    const box = document.getElementById(`${id}-${index}`)?.getBoundingClientRect();
    const byKey = event.button !== 2;
    onMenu(fn, byKey && box ? box.left + ROW_HEIGHT : event.clientX, byKey && box ? box.bottom : event.clientY);
  };
  return (
    <Pane busy={pages.isBusy} label="Functions" className="function-table-pane">
      <div
        ref={scroller}
        role="grid"
        aria-label="Functions"
        aria-rowcount={count + 1}
        aria-colcount={compact ? 3 : 5}
        aria-activedescendant={at >= window.first && at < window.end ? `${id}-${at}` : undefined}
        tabIndex={0}
        className="function-table"
        data-compact={compact}
        onKeyDown={pressed}
        onContextMenu={menu}
      >
        <FunctionTableHead
          sort={state.sort}
          compact={compact}
          onSort={(sort) => {
            change({ sort }, { replace: true });
            move(0);
          }}
        />
        <div role="rowgroup" style={bodyStyle}>
          {rowsOf(window.first, Math.min(window.end, count)).map((index) => {
            const shown = row(index);
            return (
              <div
                key={index}
                id={`${id}-${index}`}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={shown !== null && shown.name === state.fn}
                data-row={index}
                data-active={index === at}
                className="function-table-row"
                style={rowStyle(index)}
                onClick={() => {
                  setActive(index);
                  choose(index);
                }}
              >
                <FunctionRowCells row={shown} compact={compact} unit={unit} total={head?.total ?? 0} largest={largest(head, state.sort)} />
              </div>
            );
          })}
        </div>
        {head?.matchCount === 0 ? <NoFunctions state={state} change={change} isEmpty={head.functionCount === 0} /> : null}
      </div>
    </Pane>
  );
}

/** What a full bar stands for: the largest row where rows are sorted by what the bar shows, else everything. */
function largest(
  head: { readonly total: number; readonly functions: readonly { readonly self: number; readonly total: number }[] } | null,
  sort: 'self' | 'total' | 'name',
): { readonly by: 'self' | 'total'; readonly value: number } {
  const by = sort === 'total' ? 'total' : 'self';
  const first = sort === 'name' ? undefined : head?.functions[0];
  return { by, value: first?.[by] ?? head?.total ?? 0 };
}

function rowIndexOf(target: EventTarget): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]')?.dataset['row'] : undefined;
  return row === undefined ? null : Number(row);
}

function rowsOf(first: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
}
