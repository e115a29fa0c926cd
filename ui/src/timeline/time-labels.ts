import { formatTime, type Millis, type TimeRange } from '../profile/time';
import { offsetAt } from '../profile/zoned-time';

const DAY = 86_400_000;

/** Labels of a time axis: as fine as its steps; where a day begins, its date instead of midnight. */
export function timeLabels(times: readonly Millis[], step: Millis, zone: string): readonly string[] {
  return times.map((time) => {
    const text = formatTime(time, zone);
    const [date, clock] = [text.slice(5, 10), text.slice(11)];
    if (step >= DAY || clock === '00:00:00') return date;
    return step < 60_000 ? clock : clock.slice(0, 5);
  });
}

const STEPS: readonly Millis[] = [
  1000,
  5000,
  10_000,
  30_000,
  60_000,
  120_000,
  300_000,
  600_000,
  1_800_000,
  3_600_000,
  7_200_000,
  10_800_000,
  21_600_000,
  43_200_000,
  DAY,
];

export interface TimeTicks {
  readonly times: readonly Millis[];
  readonly step: Millis;
}

/** Round times of a window in a zone, at most about as many as wanted. A change of clocks within the window is not followed. */
export function timeTicks({ from, until }: TimeRange, wanted: number, zone: string): TimeTicks {
  const rough = (until - from) / wanted;
  const step = STEPS.find((s) => s >= rough) ?? Math.ceil(rough / DAY) * DAY;
  const offset = offsetAt(from, zone);
  const first = Math.ceil((from + offset) / step) * step - offset;
  return { times: Array.from({ length: Math.max(0, Math.floor((until - first) / step) + 1) }, (_, i) => first + i * step), step };
}
