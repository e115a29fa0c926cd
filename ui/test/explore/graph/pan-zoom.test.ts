import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fit, fitWhole, revealBox, zoomAt } from '../../../src/explore/graph/pan-zoom';

const length = fc.integer({ min: 50, max: 5000 });
const pane = fc.record({ width: fc.integer({ min: 300, max: 2000 }), height: fc.integer({ min: 200, max: 1200 }) });

describe('a drawing in its pane', () => {
  test('a small one stands in the middle, unscaled', () => {
    expect(fit({ width: 100, height: 50 }, { width: 300, height: 250 }, { x: 0, y: 0 })).toEqual({ scale: 1, x: 100, y: 100 });
  });

  test('a large one is readable, shows what it is about, and leaves no pane empty', () => {
    fc.assert(
      fc.property(
        length,
        length,
        pane,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (width, height, size, u, v) => {
          const around = { x: u * width, y: v * height };
          const view = fit({ width, height }, size, around);
          expect(view.scale).toBeGreaterThanOrEqual(0.75);
          for (const [offset, at, end, drawn] of [
            [view.x, around.x, size.width, width],
            [view.y, around.y, size.height, height],
          ]) {
            const seen = offset + at * view.scale;
            expect(seen).toBeGreaterThanOrEqual(-1e-6);
            expect(seen).toBeLessThanOrEqual(end + 1e-6);
            if (drawn * view.scale > end) expect(offset).toBeLessThanOrEqual(1e-6);
          }
        },
      ),
    );
  });

  test('zooming keeps the point under the pointer', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -500, max: 500 }),
        fc.integer({ min: 0, max: 900 }),
        fc.double({ min: 0.2, max: 4, noNaN: true }),
        (x, at, factor) => {
          const before = { x, y: 0, scale: 1 };
          const after = zoomAt(before, { x: at, y: 0 }, factor);
          expect((at - after.x) / after.scale).toBeCloseTo(at - x, 6);
          expect(after.scale).toBeLessThanOrEqual(3);
        },
      ),
    );
  });

  test('all of it fits', () => {
    const view = fitWhole({ width: 4000, height: 1000 }, { width: 1000, height: 600 });
    expect(view).toEqual({ scale: 0.25, x: 0, y: 175 });
  });

  test('a box outside is moved in, one inside stays', () => {
    const size = { width: 400, height: 300 };
    const box = { width: 100, height: 40 };
    const view = { x: 0, y: 0, scale: 1 };
    expect(revealBox(view, { x: 200, y: 100 }, box, size)).toEqual(view);
    expect(revealBox(view, { x: 600, y: -80 }, box, size)).toEqual({ x: 400 - 12 - 650, y: 12 + 100, scale: 1 });
  });
});
