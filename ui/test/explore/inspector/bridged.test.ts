import { expect, test } from 'vitest';
import { bridged } from '../../../src/explore/inspector/bridged';

test('short gaps become straight lines, long ones and both ends stay open', () => {
  expect(bridged([null, 1, null, 3, null, null, null, 7, null], 2)).toEqual([null, 1, 2, 3, null, null, null, 7, null]);
  expect(bridged([1, null, null, 4], 2)).toEqual([1, 2, 3, 4]);
});

test('values themselves are never changed', () => {
  expect(bridged([5, 0, 9], 3)).toEqual([5, 0, 9]);
  expect(bridged([null, null], 3)).toEqual([null, null]);
});
