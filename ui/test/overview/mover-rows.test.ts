import { expect, test } from 'vitest';
import type { Movers } from '../../src/api/movers';
import { ranked, rowsByTime, rowsByVersion } from '../../src/overview/mover-rows';

const side = (self: number, serviceTotal: number) => ({ self, total: self, serviceTotal });
const answer = (mode: Movers['mode'], selfChange: number): Movers => ({
  mode,
  left: { unit: 'nanoseconds', total: 100, seconds: 10 },
  right: { unit: 'nanoseconds', total: 300, seconds: 10 },
  serviceCount: 1,
  pairCount: 1,
  movers: [{ service: 'cart', function: 'add', left: side(50, 100), right: side(60, 300), selfChange, totalChange: 0 }],
});
const [before, after] = [
  { from: 0, until: 10_000 },
  { from: 10_000, until: 20_000 },
];

test('between windows values are per second, and both sides keep their own window', () => {
  const [row] = rowsByTime(answer('rate', 1), 'cpu', before, after);
  expect(row).toMatchObject({ effect: 1, before: 5, after: 6, scale: 'rate' });
  expect(row.left).toMatchObject({ from: '0', until: '10000', selector: '{service_name="cart"}' });
  expect(row.right).toMatchObject({ from: '10000', until: '20000' });
});

test('between versions shares are compared, and weigh by what the service costs now', () => {
  const [row] = rowsByVersion(answer('share', -0.3), 'cpu', after, 'version', { before: 'v1', after: 'v2' });
  expect(row).toMatchObject({ before: 0.5, after: 0.2, scale: 'share' });
  expect(row.effect).toBeCloseTo(-9);
  expect(row.left.selector).toBe('{service_name="cart", version="v1"}');
});

test('the largest effect comes first, up or down', () => {
  const rows = [1, -3, 2].flatMap((change) => rowsByTime(answer('rate', change), 'cpu', before, after));
  expect(ranked(rows, 2).map((row) => row.effect)).toEqual([-3, 2]);
});
