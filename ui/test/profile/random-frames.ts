import fc from 'fast-check';
import { expect } from 'vitest';
import { buildFrames } from '../../src/profile/frame-builder';
import type { Frames } from '../../src/profile/frames';

/** A stack with a value: names from the root down. */
export interface Stack {
  readonly names: readonly string[];
  readonly value: number;
}

/** Stacks over few names, so that recursion and common callers are frequent. */
export const stacks: fc.Arbitrary<Stack[]> = fc.array(
  fc.record({
    names: fc.array(fc.constantFrom('a', 'b', 'c', 'd.E.f', 'g/h.(*I).j', 'é'), { minLength: 0, maxLength: 6 }),
    value: fc.integer({ min: 1, max: 1000 }),
  }),
  { minLength: 1, maxLength: 30 },
);

interface Node {
  readonly children: Map<string, Node>;
  self: number;
}

/** The tree of stacks, built with objects and maps: the plain twin of what the tests check. Siblings are in byte order of their names. */
export function framesOf(list: readonly Stack[], folded: ReadonlyMap<number, number> = new Map()): Frames {
  const root: Node = { children: new Map(), self: 0 };
  for (const { names, value } of list) {
    let node = root;
    for (const name of names) {
      let child = node.children.get(name);
      if (child === undefined) node.children.set(name, (child = { children: new Map(), self: 0 }));
      node = child;
    }
    node.self += value;
  }
  const names = [...new Set(list.flatMap((stack) => stack.names))].sort(byBytes);
  const columns = { name: [] as number[], depth: [] as number[], self: [] as number[], total: [] as number[] };
  const add = (node: Node, name: string | null, depth: number): number => {
    const at = columns.name.push(name === null ? -1 : names.indexOf(name)) - 1;
    columns.depth.push(depth);
    columns.self.push(node.self);
    columns.total.push(0);
    let total = node.self;
    for (const key of [...node.children.keys()].sort(byBytes)) total += add(node.children.get(key)!, key, depth + 1);
    columns.total[at] = total;
    return total;
  };
  add(root, null, 0);
  return buildFrames({
    names,
    name: Int32Array.from(columns.name),
    depth: Uint16Array.from(columns.depth),
    self: Float64Array.from(columns.self),
    total: Float64Array.from(columns.total),
    folded,
  });
}

export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Stacks of a tree with a value of their own, as text: what trees are compared by. */
export function foldedStacks(frames: Frames): Map<string, number> {
  const path: string[] = [];
  const lines = new Map<string, number>();
  for (let node = 0; node < frames.count; node++) {
    path.length = frames.depth[node];
    if (node > 0) path[frames.depth[node] - 1] = frames.names[frames.name[node]];
    path.length = frames.depth[node];
    const key = path.join(';');
    if (frames.self[node] > 0) lines.set(key, (lines.get(key) ?? 0) + frames.self[node]);
  }
  return lines;
}

export const randomFrames: fc.Arbitrary<Frames> = stacks.map((list) => framesOf(list));

/** Asserts that a tree holds these stacks, each call site once, siblings in order, totals as sums. */
export function expectTree(frames: Frames, list: readonly Stack[]): void {
  const wanted = framesOf(list.filter((stack) => stack.value > 0));
  expect(foldedStacks(frames)).toEqual(foldedStacks(wanted));
  const named = (tree: Frames) => Array.from(tree.name, (id) => (id < 0 ? null : tree.names[id]));
  expect(named(frames)).toEqual(named(wanted));
  expect([...frames.depth]).toEqual([...wanted.depth]);
  expect([...frames.total]).toEqual([...wanted.total]);
}
