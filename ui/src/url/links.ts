import { formatSelector, SERVICE } from '../profile/selector';
import { decode, encode } from './codec';
import { compareSchema, sidePatch, type Side } from './compare-state';
import { exploreSchema, type ExploreState } from './explore-state';

/** Explore with these parts of its state; the rest is as it opens. */
export function exploreHref(state: Partial<ExploreState>): string {
  return withSearch('/explore', encode(exploreSchema, { ...decode(exploreSchema, ''), ...state }));
}

/** Compare with both sides filled in: selections, or uploaded files. */
export function compareHref(a: Partial<Side>, b: Partial<Side>, fn: string | null = null): string {
  const state = { ...decode(compareSchema, ''), ...sidePatch('a', a), ...sidePatch('b', b), fn };
  return withSearch('/compare', encode(compareSchema, state));
}

export function functionHref(name: string, params: readonly (readonly [string, string])[] = []): string {
  return withSearch(`/functions/${encodeURIComponent(name)}`, new URLSearchParams(params.map(([k, v]) => [k, v])).toString());
}

export function serviceSelector(service: string, others: readonly (readonly [string, string])[] = []): string {
  return formatSelector([[SERVICE, service] as const, ...others].map(([label, value]) => ({ label, operator: '=', value })));
}

function withSearch(path: string, search: string): string {
  return search === '' ? path : `${path}?${search}`;
}
