import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextOrder, orderParam, sortRows } from '../../src/ui/order';

const fallback = { column: 'value', descending: true };
const param = orderParam('sort', ['name', 'value'], fallback);

test('an order reads back as it was written, and the default is not written', () => {
  for (const column of ['name', 'value']) {
    for (const descending of [true, false]) expect(param.read(param.write({ column, descending }))).toEqual({ column, descending });
  }
  expect(param.write(fallback)).toBeNull();
  expect(param.read('-nothing')).toEqual(fallback);
});

test('a header turns its own order round, and starts numbers at the largest', () => {
  expect(nextOrder(fallback, 'value', true)).toEqual({ column: 'value', descending: false });
  expect(nextOrder(fallback, 'name', false)).toEqual({ column: 'name', descending: false });
});

test('sorting keeps what is equal in its order, and what has no value last', () => {
  const rows = fc.array(fc.record({ key: fc.option(fc.integer({ min: 0, max: 3 })), at: fc.nat() }));
  fc.assert(
    fc.property(rows, fc.boolean(), (input, descending) => {
      const numbered = input.map((row, at) => ({ ...row, at }));
      const sorted = sortRows(numbered, descending, (row) => row.key);
      expect(sorted.length).toBe(numbered.length);
      for (let i = 1; i < sorted.length; i++) {
        const [a, b] = [sorted[i - 1], sorted[i]];
        if (a.key === null) expect(b.key).toBeNull();
        else if (b.key !== null) expect(descending ? a.key >= b.key : a.key <= b.key).toBe(true);
        if (a.key === b.key) expect(a.at).toBeLessThan(b.at);
      }
    }),
  );
});
