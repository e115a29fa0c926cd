import { formatSelector, SERVICE } from '../profile/selector';
import { decode, encode, prefixed } from './codec';
import { exploreSchema, selectionSchema, type ExploreState, type Selection } from './explore-state';

/** Explore with these parts of its state; the rest is as it opens. */
export function exploreHref(state: Partial<ExploreState>): string {
  return withSearch('/explore', encode(exploreSchema, { ...decode(exploreSchema, ''), ...state }));
}

const sideA = prefixed(selectionSchema, 'a.');
const sideB = prefixed(selectionSchema, 'b.');

/** Compare with both sides filled in. */
export function compareHref(a: Partial<Selection>, b: Partial<Selection>, fn: string | null = null): string {
  const nothing = decode(selectionSchema, '');
  const parts = [encode(sideA, { ...nothing, ...a }), encode(sideB, { ...nothing, ...b })];
  if (fn !== null) parts.push(`fn=${encodeURIComponent(fn)}`);
  return withSearch('/compare', parts.filter((part) => part !== '').join('&'));
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
