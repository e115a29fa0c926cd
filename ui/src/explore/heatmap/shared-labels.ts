import type { LabelPair } from '../../api/labels';

/** Pairs, as `name=value`, that every one of several has. */
export function sharedLabels(all: readonly { readonly labels: readonly LabelPair[] }[]): ReadonlySet<string> {
  if (all.length < 2) return new Set();
  const counts = new Map<string, number>();
  for (const { labels } of all) {
    for (const { name, value } of labels) counts.set(`${name}=${value}`, (counts.get(`${name}=${value}`) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count === all.length).map(([pair]) => pair));
}
