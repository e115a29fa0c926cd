import type { ReactElement } from 'react';
import { nameOf, type Frames } from '../profile/frames';
import { childRange } from '../profile/rows';
import { formatChange, formatShare, formatValue } from '../profile/units';
import { rowId } from './row-id';

interface FlameGridProps {
  readonly frames: Frames;
  /** The frame that the keyboard is on. */
  readonly cursor: number;
  readonly unit: string;
  /** Prefix of the rows' ids, so that `aria-activedescendant` of the grid can point at them. */
  readonly id: string;
}

/** Children beyond the widest so many are told by their number only. */
const CHILDREN_MAX = 50;

/**
 * Rows of the tree grid that screen readers meet in place of the canvas: the frame that the keyboard is on, its callers and its callees. Levels,
 * positions and sizes are those of the whole tree.
 */
export function FlameGrid({ frames, cursor, unit, id }: FlameGridProps): ReactElement {
  const callers: number[] = [];
  for (let node = frames.parent[cursor]; node >= 0; node = frames.parent[node]) callers.unshift(node);
  return (
    <div role="rowgroup" className="flame-graph-grid">
      {[...callers, cursor, ...widestChildren(frames, cursor)].map((node) => (
        <Row key={node} {...{ frames, node, unit, id }} selected={node === cursor} open={node === cursor || callers.includes(node)} />
      ))}
    </div>
  );
}

interface RowProps {
  readonly frames: Frames;
  readonly node: number;
  readonly unit: string;
  readonly id: string;
  readonly selected: boolean;
  readonly open: boolean;
}

function Row({ frames, node, unit, id, selected, open }: RowProps): ReactElement {
  const children = childRange(frames, node);
  const siblings = node === 0 ? { from: 0, to: 1, row: frames.rows[0] } : childRange(frames, frames.parent[node]);
  const position = siblings.row.subarray(siblings.from, siblings.to).indexOf(node) + 1;
  return (
    <div
      role="row"
      id={rowId(id, node)}
      aria-level={frames.depth[node] + 1}
      aria-setsize={siblings.to - siblings.from}
      aria-posinset={position}
      aria-selected={selected}
      {...(children.to > children.from ? { 'aria-expanded': open } : {})}
    >
      <span role="rowheader">{nameOf(frames, node)}</span>
      <span role="gridcell">{`total ${valueText(frames, frames.total[node], unit)}`}</span>
      <span role="gridcell">{`self ${valueText(frames, frames.self[node], unit)}`}</span>
      {frames.sides !== null && (
        <span role="gridcell">{`change ${formatChange(frames.sides.left.total[node], frames.sides.right.total[node])}`}</span>
      )}
      {frames.folded.has(node) && <span role="gridcell">{`${frames.folded.get(node)} folded`}</span>}
    </div>
  );
}

/** What the live region says of a frame that was zoomed to. */
export function describeZoom(frames: Frames, node: number, unit: string): string {
  const { from, to } = childRange(frames, node);
  return `Zoomed to ${nameOf(frames, node)}: ${valueText(frames, frames.total[node], unit)}, ${to - from} callees`;
}

function valueText(frames: Frames, value: number, unit: string): string {
  return `${formatValue(value, unit)}, ${formatShare(value, frames.total[0])}`;
}

function widestChildren(frames: Frames, node: number): number[] {
  const { row, from, to } = childRange(frames, node);
  const all = [...row.subarray(from, to)];
  if (all.length <= CHILDREN_MAX) return all;
  const widest = all.sort((a, b) => frames.total[b] - frames.total[a]).slice(0, CHILDREN_MAX);
  return widest.sort((a, b) => a - b);
}
