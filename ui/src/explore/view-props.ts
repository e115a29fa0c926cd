import type { Target } from '../api/selection';
import type { ExploreState } from '../url/explore-state';
import type { Change, Patch } from '../url/use-url-state';

/** What every view of Explore gets: the question with its times fixed, the state of the address, and the way to change it. */
export interface ViewProps {
  readonly target: Target;
  readonly state: ExploreState;
  readonly change: (patch: Patch<ExploreState>, change?: Change) => void;
  /** Unit of the values, as `nanoseconds`. */
  readonly unit: string;
}
