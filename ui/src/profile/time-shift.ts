import type { TimeRange } from './time';

/** Windows that a window is compared with. */
export type Earlier = 'before' | 'day' | 'week';

const DAY = 86_400_000;

/** The window of the same length that ended right before this one begins (both ends belong to windows), or lay a day or a week earlier. */
export function earlier(range: TimeRange, by: Earlier): TimeRange {
  const shift = { before: range.until - range.from + 1, day: DAY, week: 7 * DAY }[by];
  return { from: range.from - shift, until: range.until - shift };
}

export const EARLIER_TITLES: Readonly<Record<Earlier, string>> = {
  before: 'vs before',
  day: 'vs a day ago',
  week: 'vs a week ago',
};
