import { expect, it } from 'vitest';
import { sharedLabels } from '../../../src/explore/heatmap/shared-labels';

const of = (...pairs: [string, string][]): { labels: { name: string; value: string }[] } => ({
  labels: pairs.map(([name, value]) => ({ name, value })),
});

it('labels that all exemplars have are shared; of a single one none is', () => {
  expect([...sharedLabels([of(['a', '1'], ['b', '1']), of(['a', '1'], ['b', '2']), of(['a', '1'])])]).toEqual(['a=1']);
  expect(sharedLabels([of(['a', '1'])]).size).toBe(0);
});
