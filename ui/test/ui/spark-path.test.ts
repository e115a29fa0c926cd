import fc from 'fast-check';
import { expect, test } from 'vitest';
import { onGrid, sparkPath } from '../../src/ui/spark-path';

test('a line stands on zero, bridges short gaps and breaks at long ones', () => {
  expect(sparkPath([0, 10, null, 5], 30, 12)).toBe('M0 11L10 1L30 6');
  expect(sparkPath([10, null, null, null, null, null, null, 5], 70, 12)).toBe('M0 1h0.01M70 6h0.01');
});

test('no point leaves the box', () => {
  const values = fc.array(fc.option(fc.double({ min: 0, max: 1e15, noNaN: true })), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(values, (input) => {
      for (const [, x, y] of sparkPath(input, 120, 20).matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)) {
        expect(Number(x)).toBeGreaterThanOrEqual(0);
        expect(Number(x)).toBeLessThanOrEqual(120);
        expect(Number(y)).toBeGreaterThanOrEqual(1);
        expect(Number(y)).toBeLessThanOrEqual(19);
      }
    }),
  );
});

test('points find their place on the grid, and the others are gaps', () => {
  expect(onGrid([1010, 1029], [1, 2], 1000, 1030, 10)).toEqual([null, 1, null, 2]);
});
