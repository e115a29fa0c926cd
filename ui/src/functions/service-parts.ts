import type { ServicePart } from '../api/top';

/** Colours of the parts of a bar; services beyond share the last one. */
export const PART_COLOURS = 5;

/** Services by what they cost in all, so that one service has one colour on the whole page. */
export function rankServices(functions: readonly { readonly services: readonly ServicePart[] }[]): ReadonlyMap<string, number> {
  const totals = new Map<string, number>();
  for (const { services } of functions) {
    for (const { service, self } of services) totals.set(service, (totals.get(service) ?? 0) + self);
  }
  const ranked = [...totals].sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
  return new Map(ranked.map(([service], rank) => [service, Math.min(rank, PART_COLOURS - 1)]));
}

/** `checkout 70.1%, cart 29.9%`: what the bar shows, in words. */
export function partsInWords(parts: readonly ServicePart[], share: (part: number, whole: number) => string): string {
  const whole = parts.reduce((sum, part) => sum + part.total, 0);
  return parts.map((part) => `${part.service} ${share(part.total, whole)}`).join(', ');
}
