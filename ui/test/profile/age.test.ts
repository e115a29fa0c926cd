import { expect, test } from 'vitest';
import { formatAge } from '../../src/profile/age';

test('ages are in their largest unit', () => {
  expect([-5, 0, 42_000, 119_000, 3_700_000, 90_000_000].map(formatAge)).toEqual(['0 s', '0 s', '42 s', '1 min', '1 h', '1 d']);
});
