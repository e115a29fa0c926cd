import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { squarify } from '../../src/profile/squarify';

const values = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 40 }).map((v) => v.sort((a, b) => b - a));
const side = fc.integer({ min: 10, max: 2000 });

describe('a treemap', () => {
  it('gives each value its area, within the box, and overlaps nowhere', () => {
    fc.assert(
      fc.property(values, side, side, (given, width, height) => {
        const rects = squarify(given, { x: 3, y: 5, width, height });
        const total = given.reduce((sum, v) => sum + v, 0);
        const slack = 1e-6 * Math.max(width, height);
        rects.forEach((rect, i) => {
          expect(rect.width * rect.height).toBeCloseTo((given[i] / total) * width * height, 3);
          expect(rect.x).toBeGreaterThanOrEqual(3 - slack);
          expect(rect.y).toBeGreaterThanOrEqual(5 - slack);
          expect(rect.x + rect.width).toBeLessThanOrEqual(3 + width + slack);
          expect(rect.y + rect.height).toBeLessThanOrEqual(5 + height + slack);
          for (const other of rects.slice(0, i)) {
            const overlapX = Math.min(rect.x + rect.width, other.x + other.width) - Math.max(rect.x, other.x);
            const overlapY = Math.min(rect.y + rect.height, other.y + other.height) - Math.max(rect.y, other.y);
            expect(Math.min(overlapX, overlapY)).toBeLessThanOrEqual(slack);
          }
        });
      }),
    );
  });

  it('is nearly square where values are equal', () => {
    for (const { width, height } of squarify(Array<number>(16).fill(1), { x: 0, y: 0, width: 400, height: 400 })) {
      expect(Math.max(width / height, height / width)).toBeLessThan(1.01);
    }
  });

  it('of nothing has no area', () => {
    expect(squarify([0, 0], { x: 0, y: 0, width: 10, height: 10 }).map((r) => r.width * r.height)).toEqual([0, 0]);
  });
});
