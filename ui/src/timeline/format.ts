import { formatClock, formatTime, type Millis } from '../profile/time';
import { edgeOf, type Steps } from '../profile/timeline';
import { formatRate, formatValue } from '../profile/units';
import type { TimelineModel } from './model';

export function valueTitle(value: number, { unit, isGauge }: Pick<TimelineModel, 'unit' | 'isGauge'>): string {
  if (Number.isNaN(value)) return '–';
  return isGauge ? formatValue(value, unit) : formatRate(value, unit);
}

/** `10:05:00 – 10:05:15`, with the date before it. */
export function stepTitle(steps: Steps, at: number, zone: string): string {
  const end = edgeOf(steps, at);
  return spanTitle(end - steps.step, end, zone);
}

export function spanTitle(from: Millis, until: Millis, zone: string): string {
  const [start, end] = [formatTime(from, zone), formatTime(until, zone)];
  return `${start} – ${start.slice(0, 10) === end.slice(0, 10) ? formatClock(until, zone) : end}`;
}

/** `7 min`, `1 h 30 min`: the two largest units. */
export function lengthTitle(length: Millis): string {
  const units: readonly (readonly [string, Millis])[] = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1000],
  ];
  const first = units.findIndex(([, size]) => length >= size);
  if (first < 0) return `${length} ms`;
  const [name, size] = units[first];
  const whole = Math.floor(length / size);
  const second = units.at(first + 1);
  const rest = second ? Math.floor((length - whole * size) / second[1]) : 0;
  return `${whole} ${name}${second && rest > 0 ? ` ${rest} ${second[0]}` : ''}`;
}
