import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TimeSeries } from '../../../src/api/series';
import { chosenLabel, deviationOf, labelRows } from '../../../src/explore/labels/label-rows';
import { linePath } from '../../../src/explore/labels/line-path';

const steps = { first: 10_000, step: 10_000, count: 4 };
const label = {
  label: 'pod',
  valueCount: 5,
  values: [
    { value: 'a', total: 60e9 },
    { value: '', total: 20e9 },
    { value: 'late', total: 0 },
  ],
};

function series(pod: string, values: readonly number[]): TimeSeries {
  const labels = pod === '' ? [] : [{ name: 'pod', value: pod }];
  return { labels, times: values.map((_, i) => 10_000 * (i + 1)), values, annotations: [] };
}

describe('rows of a label', () => {
  const input = {
    label,
    total: 80e9,
    series: [series('a', [10e9, 20e9, 10e9, 20e9]), series('', [5e9, 5e9, 5e9, 5e9])],
    steps,
    seconds: 40,
  };

  it('have exact totals, and rates of what happened', () => {
    const { rows, top, left } = labelRows({ ...input, isGauge: false });
    expect(rows[0]).toMatchObject({ value: 'a', total: 60e9, share: 0.75, mean: 1.5e9, deviation: 0.5e9, max: 2e9 });
    expect(rows[1]).toMatchObject({ value: '', total: 20e9, share: 0.25, mean: 0.5e9, deviation: 0, max: 0.5e9 });
    expect(rows[2]).toMatchObject({ deviation: null, max: null, column: null });
    expect([top, left]).toEqual([2e9, 2]);
  });

  it('are means of gauges, not rates', () => {
    const { rows } = labelRows({ ...input, isGauge: true });
    expect(rows[0]).toMatchObject({ mean: 15e9, max: 20e9 });
    expect(rows[2].mean).toBeNaN();
  });
});

describe('the standard deviation', () => {
  it('is 0 for equal values, does not care for a shift, and skips gaps', () => {
    const value = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), value, (values, shift) => {
        const given = deviationOf(Float64Array.from(values))!;
        expect(deviationOf(Float64Array.from(values, (v) => v + shift))!).toBeCloseTo(given, 6);
        expect(deviationOf(Float64Array.from(values.flatMap((v) => [v, NaN])))!).toBeCloseTo(given, 6);
        expect(given === 0).toBe(values.every((v) => v === values[0]));
      }),
    );
    expect(deviationOf(Float64Array.of(NaN))).toBeNull();
  });
});

describe('the label a view opens with', () => {
  const labels = [
    { label: 'a', valueCount: 1, values: [] },
    { label: 'b', valueCount: 2, values: [] },
  ];
  it.each([
    ['a', 'a'],
    ['', 'b'],
    ['gone', 'b'],
  ])('is, when %s is wanted, %s', (wanted, expected) => {
    expect(chosenLabel(labels, wanted)?.label).toBe(expected);
  });
  it('is the first where none splits anything', () => {
    expect(chosenLabel(labels.slice(0, 1), '')?.label).toBe('a');
    expect(chosenLabel([], '')).toBeNull();
  });
});

describe('the path of a small chart', () => {
  it('breaks at gaps and shows lone values', () => {
    expect(linePath(Float64Array.of(0, 10, NaN, 5), 10, 30, 20)).toBe('M0 20L10 0M30 10h.1');
    expect(linePath(Float64Array.of(NaN), 0, 30, 20)).toBe('');
  });
});
