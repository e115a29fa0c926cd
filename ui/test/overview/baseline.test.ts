import { expect, test } from 'vitest';
import type { TimeSeries } from '../../src/api/series';
import { baselineWindow, lastVersions } from '../../src/overview/baseline';

const series = (service: string, version: string, times: number[], values = times.map(() => 1)): TimeSeries => ({
  labels: [
    { name: 'service_name', value: service },
    { name: 'version', value: version },
  ],
  times,
  values,
  annotations: [],
});

test('the window before ends right before this one begins; yesterday is as long', () => {
  const window = { from: 1_000_000, until: 4_600_000 };
  expect(baselineWindow(window, 'before')).toEqual({ from: -2_600_001, until: 999_999 });
  expect(baselineWindow(window, 'day')).toEqual({ from: window.from - 86_400_000, until: window.until - 86_400_000 });
});

test('the latest version is the one that began last, not the one with the largest name', () => {
  expect(lastVersions([series('cart', 'v9', [10, 20]), series('cart', 'v1', [20])], 'version')).toEqual([
    { service: 'cart', before: 'v9', after: 'v1' },
  ]);
});

test('versions that began together are told apart as people count', () => {
  expect(lastVersions([series('web', '1.10', [10]), series('web', '1.9', [10])], 'version')[0]).toMatchObject({
    before: '1.9',
    after: '1.10',
  });
});

test('services with one version, without one, or without a value are left out', () => {
  expect(
    lastVersions([series('a', 'v1', [10]), series('b', '', [10]), series('b', 'v1', [5]), series('a', 'v2', [20], [0])], 'version'),
  ).toEqual([]);
});
