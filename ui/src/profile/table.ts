import type { Frames, Side } from './frames';

/** One row per function of a tree; columns of the same length. */
export interface FunctionTable {
  /** Index into the tree's names. */
  readonly name: Int32Array;
  /** Value of stacks that end in the function. */
  readonly self: Float64Array;
  /** Value of stacks with the function, each counted once however often it is in it. */
  readonly total: Float64Array;
  /** Where two selections are compared. */
  readonly left: Side | null;
  readonly right: Side | null;
}

/** Functions of a tree as it is drawn, so after transforms. What is folded is not in it: for whole profiles the server counts. */
export function functionTable(frames: Frames): FunctionTable {
  const outermost = outermostCalls(frames);
  const row = new Int32Array(frames.names.length).fill(-1);
  const name: number[] = [];
  for (let node = 0; node < frames.count; node++) {
    const id = frames.name[node];
    if (id >= 0 && row[id] < 0) row[id] = name.push(id) - 1;
  }
  const sum = (side: Side): Side => {
    const self = new Float64Array(name.length);
    const total = new Float64Array(name.length);
    for (let node = 0; node < frames.count; node++) {
      if (frames.name[node] < 0) continue;
      const at = row[frames.name[node]];
      self[at] += side.self[node];
      if (outermost[node] === 1) total[at] += side.total[node];
    }
    return { self, total };
  };
  const { sides } = frames;
  return { name: Int32Array.from(name), ...sum(frames), left: sides && sum(sides.left), right: sides && sum(sides.right) };
}

/** Per node 1 = no caller of it is the same function. */
export function outermostCalls(frames: Frames): Uint8Array {
  const open = new Int32Array(frames.names.length); // calls of each function on the current path
  const path = new Int32Array(frames.rows.length);
  const outermost = new Uint8Array(frames.count);
  let length = 0;
  for (let node = 0; node < frames.count; node++) {
    while (length > frames.depth[node]) {
      const left = path[--length];
      if (left >= 0) open[left]--;
    }
    const id = frames.name[node];
    path[length++] = id;
    if (id >= 0 && open[id]++ === 0) outermost[node] = 1;
  }
  return outermost;
}
