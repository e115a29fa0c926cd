import { expect, test } from 'vitest';
import { FORMATS, refusalOf, unreadable } from '../../src/upload/refusal';

test('a file beyond the limit is refused with both sizes and the setting', () => {
  expect(refusalOf('heap.pb', 45 * 2 ** 20, 32 * 2 ** 20)).toBe(
    'heap.pb has 45 MiB; this server takes files up to 32 MiB (max_profile_size_bytes).',
  );
  expect(refusalOf('heap.pb', 45 * 2 ** 20, 0)).toBeNull();
  expect(refusalOf('heap.pb', 32, 32)).toBeNull();
});

test('an empty file is not sent', () => expect(refusalOf('x', 0, 0)).toBe('x is empty.'));

test('an unknown form names those that are known; other refusals are left as they are', () => {
  expect(unreadable("'x' cannot be read as a profile: pprof: bad")).toContain(FORMATS);
  expect(unreadable('the disk is full')).toBe('the disk is full');
});
