import type { Frames } from './frames';
import { addOwn, lanesOf } from './lanes';
import { outermostCalls } from './table';
import { TreeBuilder } from './tree-builder';

/** Who calls a function, and what it calls: two trees whose node 0 is the function. */
export interface Sandwich {
  /** Inverted: under the function what called it. A caller's self is the value of the stacks that begin with it. */
  readonly callers: Frames;
  readonly callees: Frames;
}

/**
 * Cuts every stack with the function once, at its outermost call, as the server does: both halves have the function's total, and further calls of
 * it stand among its callees. Null where no frame has the name.
 */
export function sandwich(frames: Frames, name: string): Sandwich | null {
  const id = frames.names.indexOf(name);
  const outermost = outermostCalls(frames);
  const lanes = lanesOf(frames);
  const callers = new TreeBuilder(id);
  const callees = new TreeBuilder(id);
  const place = new Int32Array(frames.count).fill(-1);
  let found = false;
  for (let node = 0; node < frames.count; node++) {
    const above = node === 0 ? -1 : place[frames.parent[node]];
    const cut = above < 0 && frames.name[node] === id && id >= 0 && outermost[node] === 1;
    if (above < 0 && !cut) continue;
    place[node] = cut ? 0 : callees.child(above, frames.name[node]);
    addOwn(lanes, node, callees, place[node]);
    if (!cut) continue;
    found = true;
    addCallers(frames, node, callers);
  }
  if (!found) return null;
  return { callers: callers.build(frames.names, lanes.sided), callees: callees.build(frames.names, lanes.sided) };
}

function addCallers(frames: Frames, node: number, callers: TreeBuilder): void {
  let to = 0;
  for (let at = frames.parent[node]; at >= 0 && frames.name[at] >= 0; at = frames.parent[at]) to = callers.child(to, frames.name[at]);
  if (frames.sides === null) callers.addSelf(to, 0, frames.total[node]);
  else {
    callers.addSelf(to, 0, frames.sides.left.total[node]);
    callers.addSelf(to, 1, frames.sides.right.total[node]);
  }
}
