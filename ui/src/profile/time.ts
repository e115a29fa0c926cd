/** Unix milliseconds. */
export type Millis = number;

const UNITS: Readonly<Record<string, Millis>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `now`, `now-1h30m`, Unix milliseconds, or ISO 8601 (UTC where it names no zone). Null for anything else. */
export function parseTime(text: string, now: Millis): Millis | null {
  const trimmed = text.trim();
  if (/^\d{1,15}$/.test(trimmed)) return Number(trimmed);
  const relative = /^now(?:([+-])((?:\d+[smhdw])+))?$/.exec(trimmed);
  if (relative) return relative[1] ? now + (relative[1] === '-' ? -1 : 1) * parseDuration(relative[2])! : now;
  if (!/^\d{4}-\d{2}-\d{2}/.test(trimmed)) return null;
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(trimmed) || trimmed.length === 10 ? trimmed : `${trimmed.replace(' ', 'T')}Z`;
  const parsed = Date.parse(zoned);
  return Number.isNaN(parsed) ? null : parsed;
}

/** `1h30m` in milliseconds; null for what is no duration. */
export function parseDuration(text: string): Millis | null {
  if (!/^(?:\d+[smhdw])+$/.test(text)) return null;
  let sum = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([smhdw])/g)) sum += Number(count) * UNITS[unit];
  return sum;
}

export interface TimeRange {
  readonly from: Millis;
  readonly until: Millis;
}

/** Both ends of a window as typed. Where they cannot be read or are turned round, the last hour, as the server would. */
export function resolveRange(from: string, until: string, now: Millis): TimeRange {
  const [start, end] = [parseTime(from, now), parseTime(until, now)];
  if (start === null || end === null || start > end) return { from: now - UNITS['h'], until: now };
  return { from: start, until: end };
}

/** Steps of a timeline in seconds: at most about `points` in the window, never below the 10 s that most agents send at. */
export function stepOf(range: TimeRange, points: number): number {
  const STEPS = [10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];
  const wanted = (range.until - range.from) / 1000 / points;
  return STEPS.find((step) => step >= wanted) ?? Math.ceil(wanted / 86_400) * 86_400;
}

export function isRelative(text: string): boolean {
  return text.trim().startsWith('now');
}

/** `Last 1 hour` for a window that ends now; null for others. */
export function relativeTitle(from: string, until: string): string | null {
  if (until.trim() !== 'now') return null;
  const match = /^now-(\d+)([smhdw])$/.exec(from.trim());
  if (!match) return null;
  const name = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week' }[match[2]]!;
  const count = Number(match[1]);
  return `Last ${count} ${name}${count === 1 ? '' : 's'}`;
}

export function zoneOf(preference: string): string {
  return preference === 'local' ? Intl.DateTimeFormat().resolvedOptions().timeZone : preference;
}

/** `2026-01-31 14:05:00` in a zone. */
export function formatTime(time: Millis, zone: string): string {
  return parts(time, zone, { dateStyle: 'short', timeStyle: 'medium' }).replace(',', '');
}

/** `14:05:00`, for windows within a day. */
export function formatClock(time: Millis, zone: string): string {
  return parts(time, zone, { timeStyle: 'medium' });
}

function parts(time: Millis, zone: string, style: Intl.DateTimeFormatOptions): string {
  // Swedish writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { ...style, timeZone: zone }).format(time);
}
