import { resolveRange } from '../profile/time';
import { parseSelector, formatSelector, withPinned } from '../profile/selector';
import type { CompareState, Side } from '../url/compare-state';
import { sideOf, sidePatch } from '../url/compare-state';

/** A ready comparison for the window and selector of B: what was asked most often, in one press. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  apply(state: CompareState, now: number): Partial<CompareState>;
}

const DAY = 86_400_000;

export const TIME_PRESETS: readonly Preset[] = [
  earlier('yesterday', 'Same time yesterday', 'A is B, a day before', () => DAY),
  earlier('week', 'Same time last week', 'A is B, seven days before', () => 7 * DAY),
  earlier('before', 'The window before', 'A ends where B begins', (length) => length + 1),
  {
    id: 'halves',
    title: 'Before and after the middle',
    note: 'A is the first half of the window, B the second',
    apply: (state, now) => splitAt(state, now, null),
  },
];

/** A and B are the two stretches around a moment of B's window; the middle where none is given. */
export function splitAt(state: CompareState, now: number, moment: number | null): Partial<CompareState> {
  const side = sideOf(state, 'b');
  const { from, until } = side.range ?? resolveRange(side.from, side.until, now);
  const at = moment ?? Math.floor((from + until) / 2);
  const window = { from: side.from, until: side.until };
  return {
    ...sidePatch('a', { ...side, ...window, range: { from, until: at - 1 } }),
    ...sidePatch('b', { ...side, ...window, range: { from: at, until } }),
  };
}

/** A and B differ in one label: two versions, two regions. */
export function labelPair(state: CompareState, label: string, a: string, b: string): Partial<CompareState> {
  const side = sideOf(state, 'b');
  const { matchers } = parseSelector(side.selector);
  const pinnedTo = (value: string): Side => ({ ...side, selector: formatSelector(withPinned(matchers, label, value)) });
  return { ...sidePatch('a', pinnedTo(a)), ...sidePatch('b', pinnedTo(b)) };
}

function earlier(id: string, title: string, note: string, shift: (length: number) => number): Preset {
  return {
    id,
    title,
    note,
    apply: (state, now) => {
      const side = sideOf(state, 'b');
      const window = side.range ?? resolveRange(side.from, side.until, now);
      const by = shift(window.until - window.from);
      return sidePatch('a', { ...side, range: null, from: String(window.from - by), until: String(window.until - by) });
    },
  };
}
