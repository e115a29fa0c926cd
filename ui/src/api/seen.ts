import type { Question } from './question';
import { get } from './question';
import type { TimeRange } from '../profile/time';
import { json, type Decoder } from './use-answer';

/** When a function was on a stack. Unix milliseconds; null where it was on none. */
export interface Seen {
  readonly first: { readonly timeMillis: number; readonly profileId: string } | null;
  readonly last: { readonly timeMillis: number; readonly profileId: string } | null;
}

export function askSeen(query: string, fn: string, window: TimeRange): Question {
  return get('api/v1/seen', [
    ['query', query],
    ['function', fn],
    ['from', window.from],
    ['until', window.until],
  ]);
}

export const seen: Decoder<Seen> = json<Seen, Partial<Seen>>('seen', ({ first = null, last = null }) => ({ first, last }));
