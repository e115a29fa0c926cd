import type { Frames } from './frames';
import { addOwn, lanesOf } from './lanes';
import { joinNames } from './name-tables';
import { TreeBuilder } from './tree-builder';

/** The sum of two trees: nodes with the same names from the root down are one. */
export function mergeFrames(a: Frames, b: Frames): Frames {
  return join(a, b, 0, a.sides !== null || b.sides !== null);
}

/** Two trees of any shape as one with two sides, for a comparison of what the server cannot pair: transformed trees, uploaded files. */
export function compareFrames(left: Frames, right: Frames): Frames {
  if (left.sides !== null || right.sides !== null) throw new Error('BUG: sides of a comparison are compared again.');
  return join(left, right, 1, true);
}

function join(a: Frames, b: Frames, laneOfB: number, sided: boolean): Frames {
  const { names, first, second } = joinNames(a.names, b.names);
  const builder = new TreeBuilder(a.name[0] < 0 ? -1 : first[a.name[0]]);
  add(builder, a, first, 0);
  add(builder, b, second, laneOfB);
  return builder.build(names, sided);
}

function add(builder: TreeBuilder, frames: Frames, names: Int32Array, lane: number): void {
  const lanes = lanesOf(frames);
  const place = new Int32Array(frames.count);
  for (let node = 0; node < frames.count; node++) {
    if (node > 0) place[node] = builder.child(place[frames.parent[node]], names[frames.name[node]]);
    addOwn(lanes, node, builder, place[node], lane);
  }
}
