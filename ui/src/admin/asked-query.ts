import type { AskedQuery } from '../api/admin-live';
import { formatSelector, parseSelector, pinned } from '../profile/selector';
import type { SortKey } from '../ui/order';
import type { ExploreState } from '../url/explore-state';

const TYPE = '__profile_type__';

/** What shows the data of a question in Explore; null where it names no profile type. */
export function exploreOf({ selector, fromMillis, untilMillis }: AskedQuery): Partial<ExploreState> | null {
  if (selector === null) return null;
  const { matchers, error } = parseSelector(selector);
  const type = pinned(matchers, TYPE);
  if (error || type === null) return null;
  return {
    type,
    selector: formatSelector(matchers.filter((matcher) => matcher.label !== TYPE)),
    ...(fromMillis === null ? {} : { from: String(fromMillis) }),
    ...(untilMillis === null ? {} : { until: String(untilMillis) }),
  };
}

/** Datasets that were read, of any kind. */
export function readOf({ chains, blocks, rollups }: AskedQuery): number {
  return chains + blocks + rollups;
}

export function costKey(query: AskedQuery, column: string): SortKey {
  switch (column) {
    case 'route':
      return query.route;
    case 'millis':
      return query.millis;
    case 'rows':
      return query.rows;
    case 'read':
      return readOf(query);
    case 'memory':
      return query.memoryBytes;
    case 'status':
      return query.status;
    default:
      return query.timeMillis;
  }
}

/** Whether a text is part of the route, the selector or the caller, in any case. */
export function isAbout({ route, selector, caller }: AskedQuery, text: string): boolean {
  return [route, selector, caller].some((part) => part?.toLowerCase().includes(text.trim().toLowerCase()) ?? false);
}
