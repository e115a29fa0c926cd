import { nameOf, ROOT_NAME, type Frames, type Side } from '../frames';
import { childrenOf } from '../frames';

/** What the file says of itself beside the tree. */
export interface FlamebearerFacts {
  readonly title: string;
  readonly unit: string;
  /** Samples per second; time is counted in nanoseconds, so 1e9. */
  readonly sampleRate: number;
}

/**
 * The JSON that Pyroscope's tools read (docs/formats/flame-graph.md): levels of gap, total, self, name; seven numbers where there are two sides.
 * There a child begins after its parent's self. What the server folded is a child named `other`, the last one.
 */
export function toFlamebearer(frames: Frames, { title, unit, sampleRate }: FlamebearerFacts): string {
  const sides: readonly Side[] = frames.sides === null ? [frames] : [frames.sides.left, frames.sides.right];
  const names: string[] = [];
  const index = new Map<string, number>();
  const indexOf = (name: string) => {
    const known = index.get(name);
    if (known !== undefined) return known;
    index.set(name, names.push(name) - 1);
    return names.length - 1;
  };
  const levels: number[][] = [];
  const ends: number[][] = []; // where each level ends so far, by side
  let maxSelf = 0;
  const bar = (depth: number, name: string, starts: readonly number[], totals: readonly number[], selves: readonly number[]) => {
    if (levels.length <= depth) {
      levels.push([]);
      ends.push(sides.map(() => 0));
    }
    for (let side = 0; side < sides.length; side++) {
      levels[depth].push(starts[side] - ends[depth][side], totals[side], selves[side]);
      ends[depth][side] = starts[side] + totals[side];
    }
    levels[depth].push(indexOf(name));
    maxSelf = Math.max(maxSelf, ...selves);
  };
  const add = (node: number, starts: readonly number[]) => {
    const depth = frames.depth[node];
    const selves = sides.map((side) => side.self[node]);
    bar(
      depth,
      nameOf(frames, node),
      starts,
      sides.map((side) => side.total[node]),
      selves,
    );
    const at = starts.map((start, side) => start + selves[side]);
    for (const child of childrenOf(frames, node)) {
      add(child, at);
      for (let side = 0; side < sides.length; side++) at[side] += sides[side].total[child];
    }
    const rest = at.map((value, side) => Math.max(0, starts[side] + sides[side].total[node] - value));
    if (frames.folded.has(node) && rest.some((value) => value > 0)) bar(depth + 1, 'other', at, rest, rest);
  };
  indexOf(ROOT_NAME);
  add(
    0,
    sides.map(() => 0),
  );
  const flamebearer = { names, levels, numTicks: frames.total[0], maxSelf };
  const metadata = { format: frames.sides === null ? 'single' : 'double', spyName: '', sampleRate, units: unit, name: title };
  const ticks = frames.sides === null ? {} : { leftTicks: frames.sides.left.total[0], rightTicks: frames.sides.right.total[0] };
  return JSON.stringify({ version: 1, flamebearer, metadata, ...ticks });
}
