import { formatTime, parseTime, type Millis } from './time';

/** As parseTime, but a date without a zone is meant in `zone`, and up to eleven digits are Unix seconds, as servers read them. */
export function parseTimeIn(text: string, now: Millis, zone: string): Millis | null {
  const trimmed = text.trim();
  if (/^\d{1,11}$/.test(trimmed)) return Number(trimmed) * 1000;
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/.test(trimmed) && trimmed.length > 10;
  if (!/^\d{4}-\d{2}-\d{2}/.test(trimmed) || hasZone) return parseTime(trimmed, now);
  const asUtc = parseTime(trimmed.length === 10 ? `${trimmed} 00:00:00` : trimmed, now);
  return asUtc === null ? null : fromWallTime(asUtc, zone);
}

/**
 * The moment at which clocks in `zone` show what clocks in UTC show at `wall`. Asked twice, because the first guess may lie on the other
 * side of a change of clocks. In the hour that is skipped it is the time as if they had not changed yet.
 */
function fromWallTime(wall: Millis, zone: string): Millis {
  const guess = wall - offsetAt(wall, zone);
  return wall - offsetAt(guess, zone);
}

/** What clocks in `zone` are ahead of UTC. */
export function offsetAt(time: Millis, zone: string): Millis {
  const whole = Math.floor(time / 1000) * 1000;
  return Date.parse(`${formatTime(whole, zone).replace(' ', 'T')}Z`) - whole;
}

/** `UTC+02:00`; `UTC` where there is no offset. */
export function offsetTitle(time: Millis, zone: string): string {
  const minutes = Math.round(offsetAt(time, zone) / 60_000);
  if (minutes === 0) return 'UTC';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '−' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}
