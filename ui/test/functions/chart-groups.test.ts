import { expect, test } from 'vitest';
import { chartGroups } from '../../src/functions/chart-groups';

const series = (value: string, values: number[]) => ({
  labels: value === '' ? [] : [{ name: 'version', value }],
  times: values.map((_, i) => 10_000 * (i + 1)),
  values,
  annotations: [],
});

test('groups are per second, the largest first; series without the label have a name too', () => {
  const groups = chartGroups([series('', [10, 10]), series('v2', [100, 50])], 'version', { from: 0, until: 20_000 }, 10, 10);
  expect(groups.map((group) => group.title)).toEqual(['v2', '(none)']);
  expect(groups[0].values).toEqual([null, 10, 5]);
});
