import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visibleRows } from '../../src/ui/visible-rows';

test('every row that a pixel of the view shows is among the visible ones', () => {
  fc.assert(
    fc.property(
      fc.nat(1e6),
      fc.integer({ min: 1, max: 3000 }),
      fc.integer({ min: 10, max: 60 }),
      fc.nat(1e5),
      (scrolled, height, row, count) => {
        const { first, end } = visibleRows(scrolled, height, row, count);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(count);
        expect(end).toBeGreaterThanOrEqual(first);
        for (const y of [scrolled, scrolled + height - 1]) {
          const at = Math.floor(y / row);
          if (at < count) expect(at >= first && at < end).toBe(true);
        }
        expect(end - first).toBeLessThanOrEqual(Math.ceil(height / row) + 18);
      },
    ),
  );
});
