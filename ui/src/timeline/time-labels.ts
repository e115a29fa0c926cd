import { formatTime, type Millis } from '../profile/time';

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
