import { DEFAULT_FROM, DEFAULT_UNTIL } from '../../url/explore-state';
import { formatTime, isRelative, parseTime, relativeTitle, type Millis } from '../../profile/time';

/** A window of time as it stands in an address. */
export interface Window {
  readonly from: string;
  readonly until: string;
}

export const PRESETS: readonly Window[] = ['5m', '15m', '30m', '1h', '3h', '6h', '12h', '24h', '2d', '7d', '14d', '30d'].map((length) => ({
  from: `now-${length}`,
  until: DEFAULT_UNTIL,
}));

export function isSame(one: Window, other: Window): boolean {
  return one.from === other.from && one.until === other.until;
}

/** `Last 1 hour`, `now-2h to now-1h`, or both times; a day that both share stands once. */
export function windowTitle({ from, until }: Window, now: Millis, zone: string): string {
  const relative = relativeTitle(from, until);
  if (relative !== null) return relative;
  const [start, end] = [timeTitle(from, now, zone), timeTitle(until, now, zone)];
  if (start === null || end === null) return `${relativeTitle(DEFAULT_FROM, DEFAULT_UNTIL)}`;
  const [startDay, endDay] = [start.slice(0, 11), end.slice(0, 11)];
  return `${start} to ${startDay === endDay && !isRelative(until) ? end.slice(11) : end}`;
}

function timeTitle(text: string, now: Millis, zone: string): string | null {
  if (isRelative(text)) return text.trim();
  const time = parseTime(text, now);
  return time === null ? null : formatTime(time, zone);
}
