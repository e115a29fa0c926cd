import type { Mover, Movers } from '../api/movers';
import { serviceSelector } from '../url/links';
import type { Selection } from '../url/explore-state';
import type { TimeRange } from '../profile/time';

/** A function of a service that costs more or less, and where both sides of the comparison are. */
export interface MoverRow {
  readonly service: string;
  readonly fn: string;
  /** Of value per second, in units of the type: what movers are ranked by. */
  readonly effect: number;
  /** Self per second, or self as a share of the service. */
  readonly before: number;
  readonly after: number;
  readonly scale: 'rate' | 'share';
  readonly left: Partial<Selection>;
  readonly right: Partial<Selection>;
}

type Address = (mover: Mover) => { readonly left: Partial<Selection>; readonly right: Partial<Selection> };

/** Movers between two windows. */
export function rowsByTime(answer: Movers, type: string, before: TimeRange, after: TimeRange): readonly MoverRow[] {
  return rows(answer, ({ service }) => ({
    left: selectionOf(type, serviceSelector(service), before),
    right: selectionOf(type, serviceSelector(service), after),
  }));
}

/** Movers between two versions within one window. They rarely have equally many instances, so shares are compared. */
export function rowsByVersion(
  answer: Movers,
  type: string,
  window: TimeRange,
  label: string,
  versions: { readonly before: string; readonly after: string },
): readonly MoverRow[] {
  return rows(answer, ({ service }) => ({
    left: selectionOf(type, serviceSelector(service, [[label, versions.before]]), window),
    right: selectionOf(type, serviceSelector(service, [[label, versions.after]]), window),
  }));
}

/** The largest effects first, up or down. */
export function ranked(rows: readonly MoverRow[], limit: number): readonly MoverRow[] {
  return [...rows].sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect)).slice(0, limit);
}

function rows({ mode, left, right, movers }: Movers, address: Address): readonly MoverRow[] {
  const share = (self: number, total: number): number => (total === 0 ? 0 : self / total);
  return movers.map((mover) => ({
    service: mover.service,
    fn: mover.function,
    scale: mode,
    // A change of share weighs as much as it would cost of what the service costs now.
    effect: mode === 'rate' ? mover.selfChange : (mover.selfChange * mover.right.serviceTotal) / right.seconds,
    before: mode === 'rate' ? mover.left.self / left.seconds : share(mover.left.self, mover.left.serviceTotal),
    after: mode === 'rate' ? mover.right.self / right.seconds : share(mover.right.self, mover.right.serviceTotal),
    ...address(mover),
  }));
}

function selectionOf(type: string, selector: string, window: TimeRange): Partial<Selection> {
  return { type, selector, from: String(window.from), until: String(window.until) };
}
