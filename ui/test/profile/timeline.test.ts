import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deploysOf } from '../../src/profile/deploys';
import { axisTicks } from '../../src/profile/axis-ticks';
import * as timeline from '../../src/profile/timeline';

const stepSeconds = fc.constantFrom(10, 15, 30, 60, 300, 3600, 86_400);
const window = fc
  .tuple(fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 }), fc.integer({ min: 0, max: 40_000_000 }))
  .map(([from, length]) => ({ from, until: from + length }));
const hole = fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: NaN, freq: 2 });
const column = (length: number): fc.Arbitrary<Float64Array> =>
  fc.array(hole, { minLength: length, maxLength: length }).map((values) => Float64Array.from(values));
const columns = fc.integer({ min: 1, max: 60 }).chain((length) => fc.array(column(length), { minLength: 1, maxLength: 5 }));
const total = (values: Iterable<number>): number => [...values].reduce((sum, v) => sum + (Number.isNaN(v) ? 0 : v), 0);

describe('steps', () => {
  it('end within the window, on multiples that count from 1970, and leave less than a step at either end', () => {
    fc.assert(
      fc.property(window, stepSeconds, (range, seconds) => {
        const steps = timeline.stepsOf(range, seconds);
        if (steps.count === 0) return;
        expect(steps.first % steps.step).toBe(0);
        expect(steps.first).toBeGreaterThan(range.from);
        expect(steps.first - steps.step).toBeLessThanOrEqual(range.from);
        expect(timeline.lastEdgeOf(steps)).toBeLessThanOrEqual(range.until);
        expect(timeline.lastEdgeOf(steps) + steps.step).toBeGreaterThan(range.until);
      }),
    );
  });

  it('hold the times that their spans name, and no others', () => {
    fc.assert(
      fc.property(window, stepSeconds, fc.nat(), (range, seconds, seed) => {
        const steps = timeline.stepsOf(range, seconds);
        if (steps.count === 0) return;
        const at = seed % steps.count;
        const span = timeline.spanOf(steps, at, at);
        expect([timeline.stepAt(steps, span.from), timeline.stepAt(steps, span.until)]).toEqual([at, at]);
        if (at > 0) expect(timeline.stepAt(steps, span.from - 1)).toBe(at - 1);
        if (at < steps.count - 1) expect(timeline.stepAt(steps, span.until + 1)).toBe(at + 1);
      }),
    );
  });
});

describe('columns', () => {
  it('keep every point of the window in its step', () => {
    const steps: timeline.Steps = { first: 30_000, step: 10_000, count: 4 };
    const points = { times: [20_000, 30_000, 50_000, 70_000], values: [1, 2, 3, 4] };
    expect([...timeline.columnOf(points, steps)]).toEqual([2, NaN, 3, NaN]);
    expect([...timeline.columnOf(points, steps, 10_000)]).toEqual([1, 2, NaN, 3]);
  });

  it('are as wide as programs send', () => {
    const steps: timeline.Steps = { first: 10, step: 10, count: 240 };
    const every = (pause: number): Float64Array => Float64Array.from({ length: 240 }, (_, i) => (i % pause === 0 ? 5 : NaN));
    expect(timeline.widthOf([every(1)], steps)).toBe(1);
    expect(timeline.widthOf([every(3)], steps)).toBe(3);
    // Steps of 10 s, profiles of 15 s: pauses of one and two steps in turn.
    const uneven = Float64Array.from({ length: 240 }, (_, i) => (i % 3 === 2 ? NaN : 5));
    expect(timeline.widthOf([uneven], steps)).toBe(3);
    const outage = every(1).map((v, i) => (i > 100 && i < 160 ? NaN : v));
    expect(timeline.widthOf([outage], steps)).toBe(1);
    expect(timeline.widthOf([new Float64Array(240).fill(NaN)], steps)).toBe(1);
  });

  it('keep their sums when widened, but for the parts at the ends', () => {
    fc.assert(
      fc.property(columns, fc.integer({ min: 0, max: 30 }), fc.constantFrom(1, 2, 3, 5), ([values], offset, width) => {
        const steps: timeline.Steps = { first: 1000 + offset * 10, step: 10, count: values.length };
        const wide = timeline.widened(steps, width);
        const widened = timeline.widenColumn(values, steps, wide, false);
        const from = (wide.first - wide.step - (steps.first - steps.step)) / 10;
        expect(from).toBeGreaterThanOrEqual(0);
        expect(from).toBeLessThan(width);
        expect(total(widened)).toBe(total(values.slice(from, from + wide.count * width)));
        expect(values.length - from - wide.count * width).toBeLessThan(width);
        if (width === 1) expect(widened).toEqual(values);
      }),
    );
  });

  it('are means of what is there where they are gauges', () => {
    const steps: timeline.Steps = { first: 10, step: 10, count: 4 };
    const widened = timeline.widenColumn(Float64Array.of(4, NaN, 1, 3), steps, timeline.widened(steps, 2), true);
    expect([...widened]).toEqual([4, 2]);
  });

  it('are 0 where others sent, and gaps where nobody did', () => {
    fc.assert(
      fc.property(columns, (given) => {
        const filled = timeline.filled(given);
        given.forEach((values, i) => {
          const alive = (at: number): boolean => values.slice(0, at + 1).some(timeline.isValue) && values.slice(at).some(timeline.isValue);
          values.forEach((value, at) => {
            const expected = timeline.isValue(value) ? value : alive(at) && given.some((c) => timeline.isValue(c[at])) ? 0 : NaN;
            expect(filled[i][at]).toBe(expected);
          });
        });
      }),
    );
  });

  it('sum up with the others to the total', () => {
    fc.assert(
      fc.property(columns, fc.nat(5), (given, shownCount) => {
        const whole = given[0].map((_, at) => total(given.map((c) => c[at])));
        const shown = given.slice(0, shownCount);
        const other = timeline.otherOf(whole, shown);
        other.forEach((value, at) => expect(value + total(shown.map((c) => c[at]))).toBe(whole[at]));
      }),
    );
  });

  it('give cores as nanoseconds by second', () => {
    expect([...timeline.perSecond(Float64Array.of(30e9, NaN), 15_000)]).toEqual([2e9, NaN]);
    expect(timeline.meanOf(Float64Array.of(1, NaN, 3))).toBe(2);
    expect(timeline.meanOf(Float64Array.of(NaN))).toBeNaN();
  });
});

describe('deploys', () => {
  const steps: timeline.Steps = { first: 100, step: 10, count: 4 };
  it('are versions that show up after others, at the left edge of their first step', () => {
    const versions = [
      { version: '1.4.2', column: Float64Array.of(NaN, NaN, 5, 5) },
      { version: '1.4.1', column: Float64Array.of(NaN, 5, NaN, 5) },
      { version: '', column: Float64Array.of(NaN, NaN, NaN, 1) },
      { version: 'gone', column: Float64Array.of(NaN, NaN, NaN, NaN) },
    ];
    expect(deploysOf(versions, steps)).toEqual([{ version: '1.4.2', time: 110 }]);
    expect(deploysOf(versions.slice(0, 1), steps)).toEqual([]);
  });
});

describe('ticks', () => {
  it('reach the greatest value with steps as wide as wanted, and no wider than twice and a half of it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e15, noNaN: true }), fc.integer({ min: 1, max: 6 }), fc.boolean(), (max, wanted, binary) => {
        const ticks = axisTicks(max, wanted, binary);
        const step = ticks[1];
        expect(ticks[0]).toBe(0);
        expect(ticks.at(-1)!).toBeGreaterThanOrEqual(max * (1 - 1e-6));
        expect(ticks.length - 1).toBeLessThanOrEqual(wanted);
        expect(step).toBeLessThanOrEqual((max / wanted) * 2.5001);
        if (binary) expect(Number.isInteger(Math.log2(step))).toBe(true);
      }),
    );
  });

  it.each([
    [5.2, 2, false, [0, 5, 10]],
    [5, 2, false, [0, 5]],
    [0, 2, false, [0, 1]],
    [3 * 2 ** 20, 3, true, [0, 2 ** 20, 2 ** 21, 3 * 2 ** 20]],
  ])('of %d are nice', (max, wanted, binary, ticks) => {
    expect(axisTicks(max, wanted, binary)).toEqual(ticks);
  });
});
