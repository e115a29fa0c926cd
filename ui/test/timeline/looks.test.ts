import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offsetAt } from '../../src/profile/zoned-time';
import { contrast, fromHex } from '../../src/profile/oklch';
import { lengthTitle, spanTitle } from '../../src/timeline/format';
import { ghostShift } from '../../src/timeline/ghost';
import { seriesColors } from '../../src/timeline/series-colors';
import { timeLabels, timeTicks } from '../../src/timeline/time-labels';

const palette = readFileSync(new URL('../../src/styles/palette.css', import.meta.url), 'utf8');

function background(theme: 'dark' | 'light'): string {
  return new RegExp(`--${theme === 'dark' ? 'ink' : 'paper'}-0: (#[\\da-f]+)`).exec(palette)![1];
}

describe('colours of series', () => {
  it.each(['dark', 'light'] as const)('are seen on the %s ground: 3 to 1 and more, and no two alike', (theme) => {
    const colors = seriesColors(theme);
    expect(new Set(colors).size).toBe(12);
    for (const color of colors) expect(contrast(fromHex(color), fromHex(background(theme)))).toBeGreaterThanOrEqual(3);
    for (const [i, one] of colors.entries()) for (const other of colors.slice(0, i)) expect(distance(one, other)).toBeGreaterThan(0.08);
  });
});

/** Between two colours in linear sRGB, from 0 to 1.7. */
function distance(one: string, other: string): number {
  const [a, b] = [fromHex(one), fromHex(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

describe('texts of the timeline', () => {
  it.each([
    [0, '0 ms'],
    [90_000, '1 min 30 s'],
    [3_600_000, '1 h'],
    [5_400_000, '1 h 30 min'],
    [8 * 86_400_000 + 1, '8 d'],
  ])('a length of %d ms is %s', (length, title) => {
    expect(lengthTitle(length)).toBe(title);
  });

  it('names the day once where a span lies within it', () => {
    const from = Date.UTC(2026, 0, 2, 3);
    expect(spanTitle(from, from + 1000, 'UTC')).toBe('2026-01-02 03:00:00 – 03:00:01');
    expect(spanTitle(from, from + 86_400_000, 'UTC')).toBe('2026-01-02 03:00:00 – 2026-01-03 03:00:00');
  });

  it('labels an axis as finely as its steps, with dates where days begin', () => {
    const night = Date.UTC(2026, 0, 2, 23, 30);
    expect(timeLabels([night, night + 1_800_000], 1_800_000, 'UTC')).toEqual(['23:30', '01-03']);
    expect(timeLabels([night + 5000], 5000, 'UTC')).toEqual(['23:30:05']);
    expect(timeLabels([night], 1_800_000, 'Asia/Kolkata')).toEqual(['05:00']);
  });

  it('shifts ghosts by whole steps', () => {
    const window = { from: 0, until: 100_000 };
    expect(ghostShift('before', window, 30_000)).toBe(120_000);
    expect(ghostShift('day', window, 7000)).toBe(7000 * 12_343);
    expect(ghostShift('week', window, 60_000)).toBe(604_800_000);
    expect(ghostShift('none', window, 60_000)).toBe(0);
  });
});

describe('ticks of time', () => {
  it('are round in the zone, within the window, and no more than one above what is wanted', () => {
    const zones = fc.constantFrom('UTC', 'Asia/Kolkata', 'America/New_York');
    const start = fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 });
    fc.assert(
      fc.property(start, fc.integer({ min: 10_000, max: 20 * 86_400_000 }), zones, (from, length, zone) => {
        const { times, step } = timeTicks({ from, until: from + length }, 7, zone);
        expect(times.length).toBeLessThanOrEqual(8);
        for (const time of times) {
          expect(time).toBeGreaterThanOrEqual(from);
          expect(time).toBeLessThanOrEqual(from + length);
          expect((time + offsetAt(from, zone)) % step).toBe(0);
        }
      }),
    );
  });
});
