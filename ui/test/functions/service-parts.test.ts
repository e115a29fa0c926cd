import { expect, test } from 'vitest';
import { PART_COLOURS, partsInWords, rankServices } from '../../src/functions/service-parts';
import { formatShare } from '../../src/profile/units';

const part = (service: string, self: number, total = self) => ({ service, self, total });

test('services are ranked by what they cost in all, and the many small ones share the last colour', () => {
  const ranks = rankServices([
    { services: [part('cart', 5), part('web', 1)] },
    { services: [part('web', 9), ...['a', 'b', 'c', 'd', 'e'].map((name) => part(name, 0.1))] },
  ]);
  expect([ranks.get('web'), ranks.get('cart'), ranks.get('a')]).toEqual([0, 1, 2]);
  expect(ranks.get('e')).toBe(PART_COLOURS - 1);
});

test('a bar can be read aloud', () => {
  expect(partsInWords([part('cart', 0, 70), part('web', 0, 30)], formatShare)).toBe('cart 70.0%, web 30.0%');
});
