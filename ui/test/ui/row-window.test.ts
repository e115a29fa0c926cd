import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { revealRow, rowWindow } from '../../src/ui/row-window';

const ROW = 26;
const geometry = fc.record({
  scrollTop: fc.integer({ min: 0, max: 300_000 }),
  height: fc.integer({ min: 0, max: 2000 }),
  count: fc.nat(12_000),
});

describe('rows in sight', () => {
  test('every row that a pane shows is in its window, and few others are', () => {
    fc.assert(
      fc.property(geometry, ({ scrollTop, height, count }) => {
        const { first, end } = rowWindow(scrollTop, height, ROW, count);
        for (let row = Math.floor(scrollTop / ROW); row * ROW < scrollTop + height && row < count; row++) {
          expect(row).toBeGreaterThanOrEqual(first);
          expect(row).toBeLessThan(end);
        }
        expect(end).toBeLessThanOrEqual(count);
        expect(end - first).toBeLessThanOrEqual(Math.ceil(height / ROW) + 1 + 4 * 8);
      }),
    );
  });

  test('the window stands still while a few pixels are scrolled', () => {
    expect(rowWindow(8 * ROW, 400, ROW, 1000)).toEqual(rowWindow(8 * ROW + 3, 400, ROW, 1000));
  });

  test('a revealed row is in sight below the header, and one in sight does not move', () => {
    fc.assert(
      fc.property(geometry, fc.nat(11_999), ({ scrollTop, height }, row) => {
        const visible = height + 2 * ROW + ROW;
        const to = revealRow(row, scrollTop, visible, ROW, ROW);
        expect(row * ROW).toBeGreaterThanOrEqual(to);
        expect((row + 1) * ROW + ROW).toBeLessThanOrEqual(to + visible);
        expect(revealRow(row, to, visible, ROW, ROW)).toBe(to);
      }),
    );
  });
});
