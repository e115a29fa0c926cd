import fc from 'fast-check';
import { findPath, type Frames } from '../../src/profile/frames';
import { buildFrames } from '../../src/profile/frame-builder';

/** Stacks drawn as text, root first: `main;work 3 | main;idle 5`. */
export function parseStacks(text: string): { readonly names: readonly string[]; readonly value: number }[] {
  return text.split('|').map((stack) => {
    const [, path, value] = /^(.*?)\s*(\d+)$/.exec(stack.trim())!;
    return { names: path === '' ? [] : path.split(';'), value: Number(value) };
  });
}

interface Node {
  self: number;
  readonly children: Map<string, Node>;
}

/** The tree of stacks, as the server would send it whole. */
export function treeOf(text: string): Frames {
  const root: Node = { self: 0, children: new Map() };
  for (const { names, value } of parseStacks(text)) {
    let node = root;
    for (const name of names) {
      const child = node.children.get(name) ?? { self: 0, children: new Map() };
      node.children.set(name, child);
      node = child;
    }
    node.self += value;
  }
  const flat: { readonly name: string | null; readonly depth: number; readonly self: number; readonly total: number }[] = [];
  const add = (name: string | null, depth: number, node: Node): number => {
    const at = flat.push({ name, depth, self: node.self, total: 0 }) - 1;
    let total = node.self;
    for (const [child, below] of [...node.children].sort(([a], [b]) => (a < b ? -1 : 1))) total += add(child, depth + 1, below);
    flat[at] = { ...flat[at], total };
    return total;
  };
  add(null, 0, root);
  const names = [...new Set(flat.flatMap(({ name }) => (name === null ? [] : [name])))].sort();
  return buildFrames({
    names,
    name: Int32Array.from(flat, ({ name }) => (name === null ? -1 : names.indexOf(name))),
    depth: Uint16Array.from(flat, (node) => node.depth),
    self: Float64Array.from(flat, (node) => node.self),
    total: Float64Array.from(flat, (node) => node.total),
  });
}

/** The same tree with all below a call site folded into it. */
export function folded(frames: Frames, ...path: string[]): Frames {
  const at = findPath(frames, path);
  let end = at + 1;
  while (end < frames.count && frames.depth[end] > frames.depth[at]) end++;
  const kept = Array.from({ length: frames.count }, (_, node) => node).filter((node) => node <= at || node >= end);
  return buildFrames({
    names: frames.names,
    name: Int32Array.from(kept, (node) => frames.name[node]),
    depth: Uint16Array.from(kept, (node) => frames.depth[node]),
    self: Float64Array.from(kept, (node) => frames.self[node]),
    total: Float64Array.from(kept, (node) => frames.total[node]),
    folded: new Map([[at, end - at - 1]]),
  });
}

/** A few short stacks over few names: recursion and shared beginnings are frequent. */
export const stacksArbitrary = fc
  .array(fc.tuple(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 6 }), fc.integer({ min: 1, max: 99 })), {
    minLength: 1,
    maxLength: 12,
  })
  .map((stacks) => stacks.map(([names, value]) => `${names.join(';')} ${value}`).join(' | '));
