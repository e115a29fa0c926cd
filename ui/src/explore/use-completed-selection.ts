import { useEffect } from 'react';
import { askServiceTypes, serviceTypes, type ServiceTypes } from '../api/labels';
import { useAnswer } from '../api/use-answer';
import { usePreferences, withRecent } from '../app/preferences';
import { useClock } from '../app/clock';
import { preferredType } from '../profile/profile-type';
import { formatSelector, parseSelector, pinned, SERVICE } from '../profile/selector';
import { resolveRange } from '../profile/time';
import type { Selection } from '../url/explore-state';

/**
 * Fills in what an address leaves open: the service that was used last and has data, and its preferred type. The completed selection goes
 * into the address, so what is shown can be shared; it replaces the entry, so that back does not lead into a trap.
 */
export function useCompletedSelection(selection: Selection, complete: (patch: Partial<Selection>) => void): CompletedSelection {
  const now = useClock((c) => c.now);
  const window = resolveRange(selection.from, selection.until, now);
  const services = useAnswer(askServiceTypes(window), serviceTypes);
  const recentServices = usePreferences((p) => p.recentServices);
  const service = pinned(parseSelector(selection.selector).matchers, SERVICE);
  useEffect(() => {
    if (!services.data || services.isPlaceholderData) return;
    const patch = missing(selection, services.data, recentServices);
    if (patch !== null) complete(patch);
  }, [selection, services.data, services.isPlaceholderData, recentServices, complete]);
  useEffect(() => {
    // When the service changes only: the other side of a comparison has its own, and both would put theirs first for ever.
    const { recentServices: recent, set } = usePreferences.getState();
    if (service !== null && recent[0] !== service) set({ recentServices: withRecent(recent, service) });
  }, [service]);
  return { services: services.data ?? null, isBusy: services.isFetching, error: services.error, service };
}

export interface CompletedSelection {
  readonly services: ServiceTypes | null;
  readonly isBusy: boolean;
  readonly error: Error | null;
  /** The service the selector pins, if it does. */
  readonly service: string | null;
}

function missing(selection: Selection, services: ServiceTypes, recent: readonly string[]): Partial<Selection> | null {
  if (services.size === 0 || (selection.selector !== '' && selection.type !== '')) return null;
  const chosen =
    pinned(parseSelector(selection.selector).matchers, SERVICE) ?? recent.find((s) => services.has(s)) ?? [...services.keys()][0];
  const type = selection.type || preferredType(services.get(chosen) ?? [...services.values()].flat());
  const selector = selection.selector || formatSelector([{ label: SERVICE, operator: '=', value: chosen }]);
  return type === null ? null : { type, selector };
}
