import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as heat from '../../src/profile/heatmap';

const steps = { first: 10_000, step: 10_000, count: 5 };
const BUCKETS = 4;
const bounds = [100, 150, 200, 250];

const grids = fc.array(fc.array(fc.nat(9), { minLength: BUCKETS, maxLength: BUCKETS }), { minLength: 5, maxLength: 5 }).map((columns) => ({
  columns,
  grid: heat.heatGrid(
    columns.map((counts, x) => ({ time: 10_000 * (x + 1), bounds, counts })),
    steps,
  )!,
}));
const cell = fc.record({ x: fc.nat(4), y: fc.nat(3) });

describe('a heatmap', () => {
  it('holds every count in its cell', () => {
    fc.assert(
      fc.property(grids, ({ columns, grid }) => {
        columns.forEach((counts, x) => counts.forEach((count, y) => expect(heat.countAt(grid, x, y)).toBe(count)));
        expect(grid.sum).toBe(columns.flat().reduce((sum, c) => sum + c, 0));
        expect(grid.most).toBe(Math.max(...columns.flat()));
      }),
    );
  });

  it('is null without values', () => {
    expect(heat.heatGrid([], steps)).toBeNull();
  });

  it('leaves out slots beside its steps', () => {
    expect(heat.heatGrid([{ time: 70_000, bounds, counts: [1, 1, 1, 1] }], steps)!.sum).toBe(0);
  });

  it('counts in a box the cells it was drawn over, whichever corner came first', () => {
    fc.assert(
      fc.property(grids, cell, cell, ({ columns, grid }, one, other) => {
        const box = heat.boxOfCells(grid, one, other);
        expect(heat.boxOfCells(grid, other, one)).toEqual(box);
        const isWithin = (at: number, a: number, b: number): boolean => at >= Math.min(a, b) && at <= Math.max(a, b);
        let sum = 0;
        columns.forEach((counts, x) =>
          counts.forEach((count, y) => {
            if (isWithin(x, one.x, other.x) && isWithin(y, one.y, other.y)) sum += count;
          }),
        );
        expect(heat.countIn(grid, box)).toBe(sum);
      }),
    );
  });

  it('puts each point into exactly the boxes of its cell, the greatest value into the last', () => {
    const grid = heat.heatGrid([{ time: 10_000, bounds, counts: [1, 0, 0, 1] }], steps)!;
    fc.assert(
      fc.property(cell, fc.integer({ min: 1, max: 50_000 }), fc.integer({ min: 100, max: 300 }), ({ x, y }, time, value) => {
        const belongs = Math.ceil(time / 10_000) - 1 === x && heat.bucketAt(grid, value) === y;
        expect(heat.isIn({ time, value }, heat.boxOfCells(grid, { x, y }, { x, y }), grid)).toBe(belongs);
      }),
    );
  });

  it('colours more with more, and one alone is seen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 10_000 }), (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(heat.heatLevel(less, 10_000)).toBeLessThanOrEqual(heat.heatLevel(more, 10_000));
        expect(heat.heatLevel(less, 10_000)).toBeGreaterThanOrEqual(0.2);
      }),
    );
    expect([heat.heatLevel(0, 5), heat.heatLevel(5, 5), heat.heatLevel(1, 1)]).toEqual([0, 1, 1]);
  });

  it('has a legend from one to the greatest, each count once', () => {
    expect(heat.heatLegend(4, 5)).toEqual([1, 2, 3, 4]);
    expect(heat.heatLegend(10_000, 5)).toEqual([1, 10, 100, 1000, 10_000]);
    expect(heat.heatLegend(0, 5)).toEqual([]);
  });

  it('keeps a box through an address', () => {
    fc.assert(
      fc.property(grids, cell, cell, ({ grid }, one, other) => {
        const box = heat.boxOfCells(grid, one, other);
        expect(heat.parseBox(heat.formatBox(box))).toEqual(box);
      }),
    );
    expect([heat.parseBox(null), heat.parseBox('1~2~x~4'), heat.parseBox('2~1~3~4'), heat.parseBox('1~2')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
