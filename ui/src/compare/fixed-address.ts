import { resolveRange } from '../profile/time';
import { encode } from '../url/codec';
import { compareSchema, sideOf, sidePatch, type CompareState, type SideName } from '../url/compare-state';

/** The address with `now` replaced by what it means now: it shows the same tomorrow. */
export function fixedCompareAddress(state: CompareState, now: number): string {
  return `compare?${encode(compareSchema, { ...state, ...fixed(state, 'a', now), ...fixed(state, 'b', now) })}`;
}

function fixed(state: CompareState, name: SideName, now: number): Partial<CompareState> {
  const side = sideOf(state, name);
  const { from, until } = resolveRange(side.from, side.until, now);
  return sidePatch(name, { from: String(from), until: String(until) });
}
