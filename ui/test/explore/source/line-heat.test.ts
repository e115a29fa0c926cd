import { describe, expect, test } from 'vitest';
import { fileName, heated, hottest } from '../../../src/explore/source/line-heat';

const line = (number: number, self: number, total: number) => ({ line: number, self, total });

describe('heat of lines', () => {
  test('is the share of the hottest self', () => {
    expect(heated([line(1, 0, 90), line(2, 10, 10), line(3, 5, 50)]).map((l) => l.heat)).toEqual([0, 1, 0.5]);
  });

  test('is by total where no line has a self, and nothing where nothing was measured', () => {
    expect(heated([line(1, 0, 90), line(2, 0, 45)]).map((l) => l.heat)).toEqual([1, 0.5]);
    expect(heated([line(1, 0, 0)]).map((l) => l.heat)).toEqual([0]);
  });

  test('the hottest stand in the order of the file', () => {
    expect(hottest([line(9, 3, 3), line(4, 1, 1), line(5, 7, 7), line(6, 0, 50)], 2).map((l) => l.line)).toEqual([5, 9]);
    expect(hottest([line(4, 1, 1), line(6, 0, 50), line(7, 0, 2)], 2).map((l) => l.line)).toEqual([4, 6]);
  });
});

test('names of files, of any system', () => {
  expect(['/src/cart.go', 'cart.go', 'C:\\src\\Cart.cs', ''].map(fileName)).toEqual(['cart.go', 'cart.go', 'Cart.cs', '']);
});
