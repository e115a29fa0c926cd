import { describe, expect, it } from 'vitest';
import { windowTitle } from '../../../src/explore/query/windows';

const NOW = Date.UTC(2026, 0, 31, 14, 5);
const at = (...parts: [number, number, number, number]): string => String(Date.UTC(...parts));

describe('the title of a window', () => {
  it.each([
    ['now-1h', 'now', 'Last 1 hour'],
    ['now-2h', 'now-1h', 'now-2h to now-1h'],
    [at(2026, 0, 2, 3), at(2026, 0, 2, 5), '2026-01-02 03:00:00 to 05:00:00'],
    [at(2026, 0, 2, 3), at(2026, 0, 3, 5), '2026-01-02 03:00:00 to 2026-01-03 05:00:00'],
    ['never', 'now', 'Last 1 hour'],
  ])('from %s until %s is %s', (from, until, title) => {
    expect(windowTitle({ from, until }, NOW, 'UTC')).toBe(title);
  });
});
