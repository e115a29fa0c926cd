import { targetOf } from '../api/selection';
import { askFlameGraph, flameGraph } from '../api/stacks';
import { answerQuery } from '../api/use-answer';
import { useClock } from '../app/clock';
import { queryClient } from '../app/query-client';
import { decode } from '../url/codec';
import { exploreSchema } from '../url/explore-state';

/**
 * Asks for the flame graph of an address before anything is rendered. Browsers hold six connections to a server: asked with the rest of the
 * page, the largest answer would wait behind pickers and lists.
 */
export function askEarly(page: string, search: string): void {
  if (page !== '/explore') return;
  const target = targetOf(decode(exploreSchema, search), useClock.getState().now);
  // Where it fails, the view that asks the same says so.
  if (target !== null) queryClient.query(answerQuery(askFlameGraph(target, null), flameGraph)).catch(() => undefined);
}
