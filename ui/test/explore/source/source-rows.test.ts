import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beyond, hottestRow, sourceRows } from '../../../src/explore/source/source-rows';

const costs = [
  { line: 2, self: 3, total: 3 },
  { line: 4, self: 9, total: 20 },
];

describe('rows of source', () => {
  test('without a file are the lines that cost something', () => {
    expect(sourceRows(costs, null).map(({ line, code, heat }) => [line, code, heat])).toEqual([
      [2, null, 3 / 9],
      [4, null, 1],
    ]);
  });

  test('with a file are all of its lines, warm where they cost', () => {
    const rows = sourceRows(costs, 'a\r\nb\nc\nd\n');
    expect(rows.map(({ line, code, self, total }) => [line, code, self, total])).toEqual([
      [1, 'a', 0, 0],
      [2, 'b', 3, 3],
      [3, 'c', 0, 0],
      [4, 'd', 9, 20],
    ]);
    expect(hottestRow(rows)).toBe(3);
  });

  test('a shorter file is another version, and says so', () => {
    expect(beyond(costs, sourceRows(costs, 'a\nb'))).toBe(1);
    expect(beyond(costs, sourceRows(costs, 'a\nb\nc\nd'))).toBe(0);
  });

  test('no cost is lost or counted twice in a file that is long enough', () => {
    const lines = fc.uniqueArray(fc.record({ line: fc.integer({ min: 1, max: 50 }), self: fc.nat(99), total: fc.nat(99) }), {
      selector: (l) => l.line,
    });
    fc.assert(
      fc.property(lines, (given) => {
        const rows = sourceRows(given, 'x\n'.repeat(50));
        expect(rows).toHaveLength(50);
        const sum = (of: readonly { readonly self: number }[]): number => of.reduce((all, { self }) => all + self, 0);
        expect(sum(rows)).toBe(sum(given));
      }),
    );
  });
});
