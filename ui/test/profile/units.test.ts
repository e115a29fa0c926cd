import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAge, formatCount, formatRate, formatRelative, formatShare, formatValue, quantity } from '../../src/profile/units';

describe('values in the unit people read', () => {
  test.each([
    [0, 'nanoseconds', '0 s'],
    [12_700_000, 'nanoseconds', '12.7 ms'],
    [5_256_000_000_000, 'nanoseconds', '1.46 h'],
    [999_600, 'nanoseconds', '1.00 ms'],
    [250, 'nanoseconds', '250 ns'],
    [1536, 'bytes', '1.50 KiB'],
    [1023.9, 'bytes', '1.00 KiB'],
    [12, 'bytes', '12 B'],
    [12, 'count', '12'],
    [3_140_000, 'count', '3.14 M'],
    [-2048, 'bytes', '−2 KiB'],
  ])('%d %s is %s', (value, unit, text) => expect(formatValue(value, unit)).toBe(text));

  test('time per second is cores, bytes per second a speed', () => {
    expect(formatRate(1.5e9, 'nanoseconds')).toBe('1.50 cores');
    expect(formatRate(4.7e6, 'nanoseconds')).toBe('4.70 mcores');
    expect(formatRate(0, 'nanoseconds')).toBe('0 cores');
    expect(formatRate(4096, 'bytes')).toBe('4 KiB/s');
    expect(formatRate(7, 'count')).toBe('7 /s');
  });

  test('no value shows more than four digits before its unit', () => {
    fc.assert(
      fc.property(fc.constantFrom('nanoseconds', 'bytes', 'count'), fc.double({ min: 1, max: 9e14, noNaN: true }), (unit, value) => {
        expect(Math.abs(Number(quantity(value, unit).digits))).toBeLessThan(1024);
      }),
    );
  });
});

describe('shares and changes', () => {
  test.each([
    [0, '0%'],
    [0.00001, '<0.01%'],
    [0.0029, '0.29%'],
    [0.553, '55.3%'],
    [-0.12, '−12.0%'],
  ])('share %d is %s', (share, text) => expect(formatShare(share)).toBe(text));

  test.each([
    [0, 5, 'new'],
    [10, 10, '±0%'],
    [100, 126, '+26%'],
    [100, 0, '−100%'],
    [100, 101.5, '+1.5%'],
  ])('from %d to %d is %s', (before, after, text) => expect(formatRelative(before, after)).toBe(text));
});

test('counts keep every digit', () => {
  fc.assert(
    fc.property(fc.nat(), (count) => {
      expect(Number(formatCount(count).replaceAll('\u202f', ''))).toBe(count);
    }),
  );
  expect(formatCount(103072)).toBe('103\u202f072');
});

test('ages are in their largest unit', () => {
  expect([0, 42_000, 3_700_000, 90_000_000].map(formatAge)).toEqual(['0 s', '42 s', '1 h', '1 d']);
});
