import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTime } from '../../src/profile/time';
import { offsetTitle, parseTimeIn } from '../../src/profile/zoned-time';

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia'];
const NOW = Date.UTC(2026, 0, 31, 14, 5);

describe('times in a zone', () => {
  it('reads what it shows: the same clock again, whatever the zone', () => {
    const seconds = fc.integer({ min: Date.UTC(2000, 0) / 1000, max: Date.UTC(2040, 0) / 1000 });
    fc.assert(
      fc.property(seconds, fc.constantFrom(...ZONES), (second, zone) => {
        const shown = formatTime(second * 1000, zone);
        const read = parseTimeIn(shown, NOW, zone);
        // An hour that clocks show twice is read as one of the two.
        expect(formatTime(read!, zone)).toBe(shown);
      }),
    );
  });

  it.each([
    ['2026-07-01 12:00:00', 'Europe/Berlin', Date.UTC(2026, 6, 1, 10)],
    ['2026-07-01', 'Europe/Berlin', Date.UTC(2026, 5, 30, 22)],
    ['2026-07-01T12:00:00Z', 'Europe/Berlin', Date.UTC(2026, 6, 1, 12)],
    ['2026-07-01T12:00:00+05:30', 'UTC', Date.UTC(2026, 6, 1, 6, 30)],
    ['1795290000', 'Asia/Kolkata', 1_795_290_000_000],
    ['1795290000123', 'Asia/Kolkata', 1_795_290_000_123],
    ['now-1h', 'Asia/Kolkata', NOW - 3_600_000],
    ['yesterday', 'UTC', null],
  ])('reads %s in %s', (text, zone, expected) => {
    expect(parseTimeIn(text, NOW, zone)).toBe(expected);
  });

  it.each([
    ['UTC', 'UTC'],
    ['Asia/Kolkata', 'UTC+05:30'],
    ['America/New_York', 'UTC−05:00'],
  ])('names the offset of %s', (zone, title) => {
    expect(offsetTitle(NOW, zone)).toBe(title);
  });
});
