import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffFrames } from '../../src/profile/diff-frames';
import { endOf, type Frames } from '../../src/profile/frames';
import { buildFrames } from '../../src/profile/frame-builder';
import { graft } from '../../src/profile/graft';
import { compareFrames, mergeFrames } from '../../src/profile/merge';
import { compareNames, joinNames } from '../../src/profile/name-tables';
import { scaleSides } from '../../src/profile/scale-sides';
import { byBytes, expectTree, framesOf, randomFrames, stacks } from './random-frames';

describe('trees put together', () => {
  test('merged trees have the stacks of both', () => {
    fc.assert(fc.property(stacks, stacks, (a, b) => expectTree(mergeFrames(framesOf(a), framesOf(b)), [...a, ...b])));
  });

  test('compared trees have the stacks of both as sides', () => {
    fc.assert(
      fc.property(stacks, stacks, (a, b) => {
        const both = compareFrames(framesOf(a), framesOf(b));
        expectTree(both, [...a, ...b]);
        const only = (side: 'left' | 'right') =>
          mergeFrames({ ...both, ...both.sides![side], sides: null }, framesOf([{ names: [], value: 1 }]));
        expectTree(only('left'), [...a, { names: [], value: 1 }]);
        expectTree(only('right'), [...b, { names: [], value: 1 }]);
      }),
    );
  });

  test('tables of names are joined in order of bytes', () => {
    const table = fc.uniqueArray(fc.string({ unit: 'binary' }));
    const sorted = table.map((names) => [...new Set(names)].sort(byBytes));
    fc.assert(
      fc.property(sorted, sorted, (a, b) => {
        const { names, first, second } = joinNames(a, b);
        expect(names).toEqual([...new Set([...a, ...b])].sort(byBytes));
        expect(Array.from(first, (i) => names[i])).toEqual(a);
        expect(Array.from(second, (i) => names[i])).toEqual(b);
        for (const x of a) for (const y of b) expect(Math.sign(compareNames(x, y))).toBe(byBytes(x, y));
      }),
    );
  });

  test('scaled sides keep shape and numbers of nodes', () => {
    fc.assert(
      fc.property(randomFrames, fc.integer({ min: 1, max: 9 }), (frames, factor) => {
        const right = { ...frames, self: frames.self.map((v) => v * factor), total: frames.total.map((v) => v * factor) };
        const pair = diffFrames(frames, right);
        expect(pair.total[0]).toBe(frames.total[0] * (1 + factor));
        const shares = scaleSides(pair, 1 / frames.total[0], 1 / right.total[0]);
        expect([...shares.name]).toEqual([...frames.name]);
        expect(shares.total[0]).toBeCloseTo(2, 10);
        for (let node = 0; node < frames.count; node++)
          expect(shares.sides!.left.total[node]).toBeCloseTo(shares.sides!.right.total[node], 10);
        expect(scaleSides(pair, 1, 1)).toEqual(pair);
      }),
    );
  });

  test('sides of different shapes are no pair', () => {
    const a = framesOf([{ names: ['a'], value: 1 }]);
    expect(() => diffFrames(a, framesOf([{ names: ['a', 'a'], value: 1 }]))).toThrow('different shape');
  });

  test('a subtree that was folded is back after it is grafted', () => {
    fc.assert(
      fc.property(randomFrames, fc.nat(), (frames, at) => {
        const node = at % frames.count;
        const end = endOf(frames, node);
        const subtree = part(frames, node, end);
        const folded = end - node > 1 ? new Map([[node, end - node - 1]]) : new Map<number, number>();
        const without = cut(frames, node, end, folded);
        expect(graft(without, node, subtree)).toEqual(frames);
      }),
    );
  });

  test('what the server has seen since is added to callers', () => {
    const frames = framesOf([
      { names: ['a', 'b'], value: 5 },
      { names: ['c'], value: 1 },
    ]);
    const more = graft(frames, 1, part(framesOf([{ names: ['a', 'x'], value: 9 }]), 1, 3));
    expectTree(more, [
      { names: ['a', 'x'], value: 9 },
      { names: ['c'], value: 1 },
    ]);
  });
});

/** The subtree of a node as a tree of its own, as the server sends it; its table has all names. */
function part(frames: Frames, from: number, to: number): Frames {
  const columns = { name: frames.name.slice(from, to), self: frames.self.slice(from, to), total: frames.total.slice(from, to) };
  return buildFrames({ names: frames.names, ...columns, depth: frames.depth.slice(from, to).map((d) => d - frames.depth[from]) });
}

/** The tree without what is below a node. */
function cut(frames: Frames, node: number, end: number, folded: ReadonlyMap<number, number>): Frames {
  const keep = [...frames.name.keys()].filter((at) => at <= node || at >= end);
  return buildFrames({
    names: frames.names,
    name: Int32Array.from(keep, (at) => frames.name[at]),
    depth: Uint16Array.from(keep, (at) => frames.depth[at]),
    self: Float64Array.from(keep, (at) => frames.self[at]),
    total: Float64Array.from(keep, (at) => frames.total[at]),
    folded,
  });
}
