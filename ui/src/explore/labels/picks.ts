import { formatSelector, parseSelector, withPinned } from '../../profile/selector';
import { encode } from '../../url/codec';
import { decode } from '../../url/codec';
import { compareSchema, sidePatch } from '../../url/compare-state';
import type { Selection } from '../../url/explore-state';

/** Values ticked for a comparison: A, then B. */
export type Picks = readonly string[];

/** A third one takes the place of B. */
export function togglePick(picks: Picks, value: string): Picks {
  return picks.includes(value) ? picks.filter((picked) => picked !== value) : [...picks.slice(0, 1), value];
}

export function pickLetter(picks: Picks, value: string): 'A' | 'B' | null {
  const at = picks.indexOf(value);
  return at < 0 ? null : at === 0 ? 'A' : 'B';
}

/** The selector with a label's value in place of whatever it said about it. */
export function onlyValue(selector: string, label: string, value: string): string {
  return formatSelector(withPinned(parseSelector(selector).matchers, label, value));
}

export function withoutValue(selector: string, label: string, value: string): string {
  return formatSelector([...parseSelector(selector).matchers, { label, operator: '!=', value }]);
}

/** Two values of a label, over the same time. */
export function compareAddress(
  { type, selector, from, until, range }: Selection,
  label: string,
  [a, b]: readonly [string, string],
): string {
  const side = (value: string): Selection => ({ type, selector: onlyValue(selector, label, value), from, until, range });
  const state = { ...decode(compareSchema, ''), ...sidePatch('a', side(a)), ...sidePatch('b', side(b)) };
  return `/compare?${encode(compareSchema, state)}`;
}
