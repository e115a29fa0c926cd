import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { between, panBy, viewOf, zoomAt, type Viewport } from '../../src/flame/viewport';
import { randomFrames } from '../profile/random-frames';

const WHOLE = 1000;
const unit = fc.double({ min: 0, max: 1, noNaN: true });
const views: fc.Arbitrary<Viewport> = fc.tuple(unit, fc.double({ min: 0.001, max: 1, noNaN: true })).map(([at, part]) => {
  const span = part * WHOLE;
  return { left: at * (WHOLE - span), right: at * (WHOLE - span) + span };
});

describe('the viewport', () => {
  test('stays within the tree, whatever is done to it', () => {
    fc.assert(
      fc.property(
        views,
        unit,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (view, at, factor, screens) => {
          for (const moved of [zoomAt(view, at, factor, WHOLE), panBy(view, screens, WHOLE)]) {
            expect(moved.left).toBeGreaterThanOrEqual(0);
            expect(moved.right).toBeLessThanOrEqual(WHOLE * (1 + 1e-12));
            expect(moved.right).toBeGreaterThan(moved.left);
          }
        },
      ),
    );
  });

  test('keeps the value under the pointer while it zooms in', () => {
    fc.assert(
      fc.property(views, unit, fc.double({ min: 1, max: 50, noNaN: true }), (view, at, factor) => {
        const value = (v: Viewport) => v.left + at * (v.right - v.left);
        const zoomed = zoomAt(view, at, factor, WHOLE);
        expect(value(zoomed)).toBeCloseTo(value(view), 6);
        expect(zoomed.right - zoomed.left).toBeCloseTo((view.right - view.left) / factor, 6);
      }),
    );
  });

  test('glides from one to the other', () => {
    fc.assert(
      fc.property(views, views, unit, (from, to, t) => {
        expect(between(from, to, 1)).toBe(to);
        const start = between(from, to, 0);
        expect(start.left).toBeCloseTo(from.left, 6);
        expect(start.right).toBeCloseTo(from.right, 6);
        const middle = between(from, to, t);
        expect(middle.left).toBeGreaterThanOrEqual(Math.min(from.left, to.left) - 1e-6);
        expect(middle.right).toBeLessThanOrEqual(Math.max(from.right, to.right) + 1e-6);
      }),
    );
  });

  test('of a node is its extent', () => {
    fc.assert(
      fc.property(randomFrames, fc.nat(), (frames, at) => {
        const node = at % frames.count;
        expect(viewOf(frames, node)).toEqual({ left: frames.start[node], right: frames.start[node] + frames.total[node] });
      }),
    );
  });
});
