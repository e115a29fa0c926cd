import { expect, test } from 'vitest';
import { earlier } from '../../src/profile/time-shift';

test('the window before ends right before the window begins, sharing no moment with it; a day and a week keep the hour', () => {
  const range = { from: 1_000_000_000, until: 1_000_060_000 };
  expect(earlier(range, 'before')).toEqual({ from: 999_939_999, until: 999_999_999 });
  expect(earlier(range, 'day')).toEqual({ from: 913_600_000, until: 913_660_000 });
  expect(earlier(range, 'week')).toEqual({ from: 395_200_000, until: 395_260_000 });
});
