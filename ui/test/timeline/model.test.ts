import { describe, expect, it } from 'vitest';
import type { TimeSeries } from '../../src/api/series';
import { modelOf, type ModelInput } from '../../src/timeline/model';

const steps = { first: 10_000, step: 10_000, count: 4 };

function series(version: string, values: readonly number[]): TimeSeries {
  return { labels: [{ name: 'version', value: version }], times: values.map((_, i) => 10_000 * (i + 1)), values, annotations: [] };
}

function input(patch: Partial<ModelInput>): ModelInput {
  return {
    steps,
    groupBy: 'version',
    unit: 'nanoseconds',
    isGauge: false,
    groups: [],
    total: null,
    groupCount: patch.groups?.length ?? 0,
    ghosts: [],
    shift: 0,
    deploys: [],
    colors: ['red', 'green'],
    otherColor: 'grey',
    ...patch,
  };
}

describe('the model of a timeline', () => {
  it('draws rates, by name, so that colours stay when sizes change', () => {
    const { series: drawn } = modelOf(
      input({ groups: [series('1.10', [50e9, 50e9, 50e9, 50e9]), series('1.9', [10e9, 20e9, 10e9, 20e9])] }),
    );
    expect(drawn.map((s) => [s.title, s.color, s.mean])).toEqual([
      ['version 1.9', 'red', 1.5e9],
      ['version 1.10', 'green', 5e9],
    ]);
    expect([...drawn[0].column]).toEqual([1e9, 2e9, 1e9, 2e9]);
  });

  it('sums what is not shown', () => {
    const groups = [series('a', [5e10, 5e10, 5e10, 5e10]), series('b', [3e10, 3e10, 3e10, 3e10]), series('c', [1e10, 1e10, 1e10, 1e10])];
    const { series: drawn, left } = modelOf(input({ groups, total: series('', [1e11, 1e11, 1e11, 1e11]), groupCount: 7 }));
    expect(drawn.map((s) => s.title)).toEqual(['version a', 'version b', 'other 5']);
    expect([...drawn[2].column]).toEqual([2e9, 2e9, 2e9, 2e9]);
    expect(left).toBe(0);
  });

  it('says how many gauges are left out, since their means do not add up', () => {
    const groups = [series('a', [5, 5, 5, 5]), series('b', [3, 3, 3, 3]), series('c', [1, 1, 1, 1])];
    const { series: drawn, left } = modelOf(input({ groups, isGauge: true, total: series('', [3, 3, 3, 3]), groupCount: 7 }));
    expect(drawn.map((s) => [s.title, s.mean])).toEqual([
      ['version a', 5],
      ['version b', 3],
    ]);
    expect(left).toBe(5);
  });

  it('lays the earlier window over this one, series by series', () => {
    const earlier = { ...series('a', [10e9, 10e9, 30e9, 10e9]), times: [-90_000, -80_000, -70_000, -60_000] };
    const { series: drawn } = modelOf(
      input({ groups: [series('a', [1, 1, 1, 1]), series('b', [1, 1, 1, 1])], ghosts: [earlier], shift: 100_000 }),
    );
    expect([...drawn[0].ghost!]).toEqual([1e9, 1e9, 3e9, 1e9]);
    expect(drawn[1].ghost).toBeNull();
  });

  it('notes each text once per moment', () => {
    const noted = { ...series('a', [1, 1]), annotations: [{ index: 1, key: 'throttled', value: 'limit reached' }] };
    const { notes } = modelOf(input({ groups: [noted, { ...noted, labels: [] }] }));
    expect(notes).toEqual([{ time: 20_000, text: 'limit reached' }]);
  });
});
