import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Frames } from '../../src/profile/frames';
import { hitTest } from '../../src/flame/hit-test';
import { rowsWithin, Spans, spansOf } from '../../src/flame/spans';
import type { Viewport } from '../../src/flame/viewport';
import { framesOf, randomFrames } from '../profile/random-frames';

/** A viewport somewhere in a tree, and a width that makes some frames narrower than a pixel. */
const places = fc.record({
  left: fc.double({ min: 0, max: 0.9, noNaN: true }),
  span: fc.double({ min: 0.01, max: 1, noNaN: true }),
  width: fc.integer({ min: 5, max: 300 }),
});

function viewIn(frames: Frames, left: number, span: number): Viewport {
  const whole = frames.total[0];
  return { left: left * whole, right: Math.min(whole, (left + span) * whole) };
}

/** Many narrow frames beside wide ones. */
const dense = fc
  .array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 400 })
  .map((values) =>
    framesOf(values.map((value, i) => ({ names: [`f${String(i).padStart(4, '0')}`], value: value > 360 ? value * 50 : value }))),
  );

describe('spans of a row', () => {
  test('hold every frame of the row within the viewport once, in order', () => {
    fc.assert(
      fc.property(fc.oneof(randomFrames, dense), places, (frames, { left, span, width }) => {
        const view = viewIn(frames, left, span);
        const spans = new Spans();
        for (let depth = 0; depth < frames.rows.length; depth++) {
          const row = frames.rows[depth];
          spansOf(frames, depth, view, width, 1, spans);
          const held: number[] = [];
          for (let i = 0; i < spans.count; i++) for (let k = spans.from[i]; k < spans.to[i]; k++) held.push(row[k]);
          const seen = [...row].filter((node) => frames.start[node] < view.right && frames.start[node] + frames.total[node] > view.left);
          expect(held).toEqual(seen);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('widths of a row sum to its total, and spans do not overlap', () => {
    fc.assert(
      fc.property(fc.oneof(randomFrames, dense), fc.integer({ min: 5, max: 300 }), (frames, width) => {
        const whole = frames.total[0];
        const spans = new Spans();
        for (let depth = 0; depth < frames.rows.length; depth++) {
          const row = frames.rows[depth];
          spansOf(frames, depth, { left: 0, right: whole }, width, 1, spans);
          let drawn = 0;
          for (let i = 0; i < spans.count; i++) {
            drawn += spans.x1[i] - spans.x0[i];
            for (let k = spans.from[i] + 1; k < spans.to[i]; k++) {
              // Gaps within a tick are drawn over: they belong to no frame, and are less than a pixel each.
              const gap = ((frames.start[row[k]] - frames.start[row[k - 1]] - frames.total[row[k - 1]]) / whole) * width;
              expect(gap).toBeLessThan(1);
              drawn -= gap;
            }
            if (i > 0) expect(spans.x0[i]).toBeGreaterThanOrEqual(spans.x1[i - 1] - 1e-6);
          }
          const total = row.reduce((sum, node) => sum + frames.total[node], 0);
          expect(drawn).toBeCloseTo((total / whole) * width, 4);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('wide frames are boxes, narrow ones never are; ticks stay as few as pixels', () => {
    fc.assert(
      fc.property(dense, places, (frames, { left, span, width }) => {
        const view = viewIn(frames, left, span);
        const spans = new Spans();
        spansOf(frames, 1, view, width, 1, spans);
        const pixel = (view.right - view.left) / width;
        for (let i = 0; i < spans.count; i++) {
          const held = [...frames.rows[1].subarray(spans.from[i], spans.to[i])];
          const widest = Math.max(...held.map((node) => frames.total[node]));
          if (spans.to[i] - spans.from[i] > 1) expect(widest).toBeLessThan(pixel);
        }
        expect(spans.count).toBeLessThanOrEqual(2 * width + 3);
      }),
    );
  });

  test('hit test inverts the drawing', () => {
    fc.assert(
      fc.property(
        fc.oneof(randomFrames, dense),
        places,
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (frames, { left, span, width }, at) => {
          const view = viewIn(frames, left, span);
          const spans = new Spans();
          for (let depth = 0; depth < frames.rows.length; depth++) {
            spansOf(frames, depth, view, width, 1, spans);
            for (let i = 0; i < spans.count; i++) {
              const x0 = Math.max(0, spans.x0[i]);
              const x1 = Math.min(width, spans.x1[i]);
              const hit = hitTest(frames, depth, x0 + (x1 - x0) * at, width, view);
              const held = frames.rows[depth].subarray(spans.from[i], spans.to[i]);
              if (held.length === 1) expect(hit).toEqual({ kind: 'frame', node: held[0] });
              else if (hit !== null) expect(held.includes(hit.node)).toBe(true);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('rows end where nothing reaches into the viewport', () => {
    fc.assert(
      fc.property(randomFrames, places, (frames, { left, span }) => {
        const view = viewIn(frames, left, span);
        const seen = [...frames.depth.keys()].filter((n) => frames.start[n] < view.right && frames.start[n] + frames.total[n] > view.left);
        const deepest = Math.max(...seen.map((node) => frames.depth[node]));
        expect(rowsWithin(frames, view)).toBe(deepest + 1);
      }),
    );
  });
});
