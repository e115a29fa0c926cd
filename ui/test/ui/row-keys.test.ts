import { expect, test } from 'vitest';
import { movedRow } from '../../src/ui/row-keys';

test('keys move within the rows there are', () => {
  expect(movedRow('ArrowDown', 3, 10, 4)).toBe(4);
  expect(movedRow('ArrowDown', 9, 10, 4)).toBe(9);
  expect(movedRow('ArrowUp', 0, 10, 4)).toBe(0);
  expect(movedRow('PageDown', 3, 10, 4)).toBe(7);
  expect(movedRow('PageUp', 3, 10, 4)).toBe(0);
  expect(movedRow('Home', 3, 10, 4)).toBe(0);
  expect(movedRow('End', 3, 10, 4)).toBe(9);
});

test('other keys, and rows that are not there, move nothing', () => {
  expect(movedRow('s', 3, 10, 4)).toBeNull();
  expect(movedRow('ArrowDown', 0, 0, 4)).toBeNull();
});
