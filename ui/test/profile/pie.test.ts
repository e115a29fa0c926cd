import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pieSlices, slicePath } from '../../src/profile/pie';

describe('a pie', () => {
  it('has a slice per value, in proportion, one after the other around the circle', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 30 }), (values) => {
        const total = values.reduce((sum, v) => sum + v, 0);
        fc.pre(total > 0);
        const slices = pieSlices(values);
        expect(slices[0].from).toBe(0);
        expect(slices.at(-1)!.until).toBe(1);
        slices.forEach(({ from, until }, i) => {
          expect(until - from).toBeCloseTo(values[i] / total, 9);
          if (i > 0) expect(from).toBe(slices[i - 1].until);
        });
      }),
    );
  });

  it('of nothing has empty slices', () => {
    expect(pieSlices([0, 0])).toEqual([
      { from: 0, until: 0 },
      { from: 0, until: 0 },
    ]);
  });

  it('draws a quarter from 12 to 3 o’clock', () => {
    expect(slicePath({ from: 0, until: 0.25 }, 50, 100)).toBe('M0 -100A100 100 0 0 1 100 0L50 0A50 50 0 0 0 0 -50Z');
  });

  it('draws the long way round for more than half, and a whole ring in two parts', () => {
    expect(slicePath({ from: 0, until: 0.75 }, 50, 100)).toContain('A100 100 0 1 1');
    expect(slicePath({ from: 0, until: 1 }, 50, 100).match(/Z/g)).toHaveLength(2);
  });
});
