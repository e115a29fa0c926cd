import type { Millis, TimeRange } from '../profile/time';
import type { ExploreState } from '../url/explore-state';

/** The earlier window that is drawn behind a timeline. */
export type Ghost = ExploreState['ghost'];

export const GHOSTS: readonly { readonly value: Ghost; readonly title: string }[] = [
  { value: 'none', title: 'nothing' },
  { value: 'before', title: 'the window before' },
  { value: 'day', title: 'same time yesterday' },
  { value: 'week', title: 'same time last week' },
];

const DAY = 86_400_000;

/** How much earlier it is: whole steps, so that its steps lie on those of the window. */
export function ghostShift(ghost: Ghost, { from, until }: TimeRange, step: Millis): Millis {
  switch (ghost) {
    case 'none':
      return 0;
    case 'before':
      return Math.ceil((until - from) / step) * step;
    case 'day':
      return Math.ceil(DAY / step) * step;
    case 'week':
      return Math.ceil((7 * DAY) / step) * step;
  }
}
