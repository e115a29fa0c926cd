import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatPeriod } from '../../src/admin/periods';
import { parseDuration } from '../../src/profile/time';

test('a period reads back as the configuration would read it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), (seconds) => {
      expect(parseDuration(formatPeriod(seconds))).toBe(seconds * 1000);
    }),
  );
});

test('0 keeps forever', () => expect(formatPeriod(0)).toBe('forever'));
