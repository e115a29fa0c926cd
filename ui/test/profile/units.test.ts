import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatChange,
  formatDelta,
  formatExact,
  formatPoints,
  formatRate,
  formatShare,
  formatValue,
  valueParts,
} from '../../src/profile/units';

const SIZES: Readonly<Record<string, number>> = {
  ns: 1,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  min: 60e9,
  h: 3600e9,
  d: 86_400e9,
  B: 1,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
  PiB: 2 ** 50,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
};

describe('units', () => {
  test.each([
    [0, 'nanoseconds', '0 ns'],
    [1, 'nanoseconds', '1 ns'],
    [999, 'nanoseconds', '999 ns'],
    [1500, 'nanoseconds', '1.50 µs'],
    [999_960_000, 'nanoseconds', '1.00 s'],
    [59.99e9, 'nanoseconds', '1.00 min'],
    [5.256e12, 'nanoseconds', '1.46 h'],
    [90, 'seconds', '1.50 min'],
    [1024, 'bytes', '1 KiB'],
    [12.5 * 2 ** 20, 'bytes', '12.5 MiB'],
    [1023.9, 'bytes', '1.00 KiB'],
    [7, 'count', '7'],
    [999, 'samples', '999'],
    [1234, 'objects', '1.23 k'],
    [-1500, 'nanoseconds', '−1.50 µs'],
    [0.25, 'count', '0.250'],
  ])('%d %s is %s', (value, unit, text) => expect(formatValue(value, unit)).toBe(text));

  test('a formatted value is within half of its last digit of the value, in the largest unit that gives 1 or more', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 9e17, noNaN: true }), fc.constantFrom('nanoseconds', 'bytes', 'count'), (value, unit) => {
        const { number, unit: name } = valueParts(value, unit);
        const read = Number(number.replaceAll(',', ''));
        expect(Math.abs(read * SIZES[name] - value) / value).toBeLessThanOrEqual(0.00501);
        expect(read).toBeGreaterThanOrEqual(1);
        if (!['d', 'PiB', 'T'].includes(name)) expect(number.length).toBeLessThanOrEqual(5);
      }),
    );
  });

  test('time per second is processors, other things are per second', () => {
    expect(formatRate(962e6, 'nanoseconds')).toBe('0.962 cores');
    expect(formatRate(4.57e6, 'nanoseconds')).toBe('4.57 mcores');
    expect(formatRate(96_700, 'nanoseconds')).toBe('96.7 µcores');
    expect(formatRate(2e12, 'nanoseconds')).toBe('2 k cores');
    expect(formatRate(0, 'nanoseconds')).toBe('0 cores');
    expect(formatRate(1e9, 'nanoseconds')).toBe('1 core');
    expect(formatRate(12.5 * 2 ** 20, 'bytes')).toBe('12.5 MiB/s');
    expect(formatRate(7, 'count')).toBe('7/s');
    expect(formatRate(1234, 'count')).toBe('1.23 k/s');
  });

  test.each([
    [1, 8, '12.5%'],
    [29, 10_000, '0.29%'],
    [1, 1e9, '<0.01%'],
    [0, 5, '0%'],
    [5, 5, '100%'],
    [99_999, 100_000, '>99.9%'],
    [0, 0, '–'],
    [-1, 8, '−12.5%'],
    [9999, 100_000, '10.0%'],
    [3, 2, '150%'],
  ])('%d of %d is %s', (part, whole, text) => expect(formatShare(part, whole)).toBe(text));

  test('exact values keep every digit', () => {
    expect(formatExact(57_712_345_678, 'nanoseconds')).toBe('57,712,345,678 nanoseconds');
    expect(formatExact(1, 'count')).toBe('1 event');
  });

  test('changes carry their sign', () => {
    expect(formatDelta(12.1 * 60e9, 'nanoseconds')).toBe('+12.1 min');
    expect(formatDelta(-2048, 'bytes')).toBe('−2 KiB');
    expect(formatDelta(0, 'bytes')).toBe('±0');
    expect([
      formatChange(100, 126),
      formatChange(100, 96),
      formatChange(0, 1),
      formatChange(1, 0),
      formatChange(2, 2),
      formatChange(1, 12),
    ]).toEqual(['+26%', '−4.0%', 'new', 'gone', '±0%', '×12']);
    expect([formatPoints(0.012), formatPoints(-0.5), formatPoints(0)]).toEqual(['+1.20 pp', '−50.0 pp', '±0 pp']);
  });
});
