import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { ChangeMark } from '../../ui/change-mark';
import { FunctionName } from '../../ui/function-name';
import { movedRow } from '../../ui/row-keys';
import { Empty, Failure, Pane } from '../../ui/states';
import { ROW_HEIGHT, useVirtualRows } from '../../ui/virtual-rows';
import type { Frames, Sides } from '../../profile/frames';
import type { Changes } from '../../api/compare';
import type { Scale } from '../change-mode';
import { formatChange, formatSide } from '../changed/figures';
import type { CompareViewProps } from '../compare-views';
import { useDiffStacks } from '../diff/use-diff-stacks';
import { hotPath, treeRows } from './tree-rows';
import './tree-view.css';

/** The call tree with both sides' values, opened along the change. */
export default function TreeView({ comparison, ranked, state, change }: CompareViewProps) {
  const { frames, busy, error, retry } = useDiffStacks(comparison, state.transforms);
  const { changes, scale } = ranked;
  if (error) return <Failure error={error} retry={retry} />;
  return (
    <Pane busy={busy || ranked.isFetching} label="Call tree of both sides">
      {frames?.sides && changes && scale ? (
        frames.total[0] > 0 ? (
          <CompareTree
            frames={frames}
            sides={frames.sides}
            changes={changes}
            scale={scale}
            selected={state.fn}
            onSelect={(fn) => change({ fn })}
          />
        ) : (
          <Empty title="Neither side has a stack in its window." />
        )
      ) : null}
    </Pane>
  );
}

interface CompareTreeProps {
  readonly frames: Frames;
  readonly sides: Sides;
  readonly changes: Changes;
  readonly scale: Scale;
  readonly selected: string | null;
  readonly onSelect: (fn: string) => void;
}

function CompareTree({ frames, sides, changes, scale, selected, onSelect }: CompareTreeProps) {
  const id = useId();
  const along = useMemo(() => hotPath(frames, sides, scale), [frames, sides, scale]);
  const [toggled, setToggled] = useState<{ readonly of: Frames; readonly open: ReadonlySet<number> } | null>(null);
  const open = toggled?.of === frames ? toggled.open : along;
  const rows = useMemo(() => treeRows(frames, sides, open, scale), [frames, sides, open, scale]);
  const [active, setActive] = useState(0);
  const { window, scroller, bodyStyle, rowStyle, reveal, pageRows } = useVirtualRows(rows.length, ROW_HEIGHT);
  const at = Math.min(active, rows.length - 1);
  const toggle = (node: number): void => {
    const next = new Set(open);
    if (!next.delete(node)) next.add(node);
    setToggled({ of: frames, open: next });
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = stepped(event.key, rows, at) ?? movedRow(event.key, at, rows.length, pageRows());
    const row = rows[at];
    if (event.key === 'ArrowRight' && !row.isOpen && !row.isLeaf) toggle(row.node);
    else if (event.key === 'ArrowLeft' && row.isOpen) toggle(row.node);
    else if (event.key === 'Enter') onSelect(row.name);
    else if (to !== null) {
      setActive(to);
      reveal(to);
    } else return;
    event.preventDefault();
  };
  const shown = rows.slice(window.first, window.end);
  return (
    <div
      ref={scroller}
      role="treegrid"
      aria-label="Call tree of both sides"
      aria-rowcount={rows.length + 1}
      aria-activedescendant={at >= window.first && at < window.end ? `${id}-${at}` : undefined}
      tabIndex={0}
      className="compare-tree"
      onKeyDown={pressed}
    >
      <div role="row" aria-rowindex={1} className="compare-tree-row compare-tree-head">
        {['Call', 'A', 'B', 'Δ total'].map((title) => (
          <span key={title} role="columnheader">
            {title}
          </span>
        ))}
      </div>
      <div role="rowgroup" style={bodyStyle}>
        {shown.map((row, i) => {
          const index = window.first + i;
          const delta = row.right * scale.right - row.left * scale.left;
          return (
            <div
              key={row.node}
              id={`${id}-${index}`}
              role="row"
              aria-level={row.level}
              aria-posinset={row.position}
              aria-setsize={row.siblings}
              aria-expanded={row.isLeaf ? undefined : row.isOpen}
              aria-selected={row.name === selected}
              aria-rowindex={index + 2}
              data-active={index === at}
              className="compare-tree-row"
              style={rowStyle(index)}
              onClick={() => {
                setActive(index);
                if (!row.isLeaf) toggle(row.node);
                if (row.node > 0) onSelect(row.name);
              }}
            >
              <span role="gridcell" className="compare-tree-name" style={{ paddingLeft: (row.level - 1) * 14 }}>
                <span aria-hidden="true" className="compare-tree-mark">
                  {row.isLeaf ? '' : row.isOpen ? '▾' : '▸'}
                </span>
                <FunctionName name={row.name} />
              </span>
              <span role="gridcell" className="num">
                {formatSide(row.left, changes.left, scale.left, scale)}
              </span>
              <span role="gridcell" className="num">
                {formatSide(row.right, changes.right, scale.right, scale)}
              </span>
              <span role="gridcell" className="num">
                <ChangeMark change={delta} text={formatChange(delta, changes.right.unit, scale)} />
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** → into an open row, ← out of a closed one; null for other keys. */
function stepped(key: string, rows: readonly { readonly level: number; readonly isOpen: boolean }[], at: number): number | null {
  if (key === 'ArrowRight' && rows[at].isOpen) return Math.min(at + 1, rows.length - 1);
  if (key === 'ArrowLeft' && !rows[at].isOpen) {
    const parent = rows.findLastIndex((other, i) => i < at && other.level < rows[at].level);
    return parent < 0 ? at : parent;
  }
  return null;
}
