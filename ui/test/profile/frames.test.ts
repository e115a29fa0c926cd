import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { childrenOf, endOf, findPath, pathOf } from '../../src/profile/frames';
import { buildFrames } from '../../src/profile/frame-builder';
import { childRange, firstEndingAfter, foldedExtent, lowerBoundStart } from '../../src/profile/rows';
import { framesOf, randomFrames } from './random-frames';

describe('frames', () => {
  test('children are what has the node as parent, and lie side by side from its left edge', () => {
    fc.assert(
      fc.property(randomFrames, (frames) => {
        for (let node = 0; node < frames.count; node++) {
          const children = childrenOf(frames, node);
          expect(children).toEqual([...frames.parent.keys()].filter((child) => frames.parent[child] === node));
          let edge = frames.start[node];
          for (const child of children) {
            expect(frames.start[child]).toBe(edge);
            edge += frames.total[child];
          }
          expect(edge + frames.self[node]).toBe(frames.start[node] + frames.total[node]);
          expect(children.every((child) => child < endOf(frames, node))).toBe(true);
        }
      }),
    );
  });

  test('a path leads to its node', () => {
    fc.assert(
      fc.property(randomFrames, fc.nat(), (frames, at) => {
        const node = at % frames.count;
        expect(findPath(frames, pathOf(frames, node))).toBe(node);
        expect(findPath(frames, [...pathOf(frames, node), 'nobody'])).toBe(-1);
      }),
    );
  });

  test('rows are searched by value as a scan would', () => {
    fc.assert(
      fc.property(randomFrames, fc.nat({ max: 30_000 }), fc.nat(), (frames, value, from) => {
        for (const row of frames.rows) {
          const at = from % (row.length + 1);
          const scan = row.findIndex((node, i) => i >= at && frames.start[node] >= value);
          expect(lowerBoundStart(frames, row, value, at)).toBe(scan < 0 ? row.length : scan);
          const beyond = row.findIndex((node) => frames.start[node] + frames.total[node] > value);
          expect(firstEndingAfter(frames, row, value)).toBe(beyond < 0 ? row.length : beyond);
        }
      }),
    );
  });

  test('the folded part lies between children and self', () => {
    const frames = buildFrames({
      names: ['a', 'b'],
      name: Int32Array.of(-1, 0, 1),
      depth: Uint16Array.of(0, 1, 2),
      self: Float64Array.of(0, 3, 4),
      total: Float64Array.of(17, 12, 4),
      folded: new Map([[1, 7]]),
    });
    expect(foldedExtent(frames, 1)).toEqual({ left: 4, right: 9 });
    expect(foldedExtent(frames, 2)).toEqual({ left: 0, right: 0 });
    expect(childRange(frames, 2)).toEqual({ row: new Uint32Array(0), from: 0, to: 0 });
  });

  test('columns whose depths jump are no tree', () => {
    const columns = (depth: number[]) => ({
      names: ['a'],
      name: new Int32Array(depth.length),
      depth: Uint16Array.from(depth),
      self: new Float64Array(depth.length),
      total: new Float64Array(depth.length),
    });
    for (const depth of [[], [1], [0, 2], [0, 0], [0, 1, 0]]) expect(() => buildFrames(columns(depth))).toThrow();
    expect(framesOf([{ names: [], value: 1 }]).count).toBe(1);
  });
});
