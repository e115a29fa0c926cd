/**
 * How well `text` has the letters of `query` in their order, or null where it has not. Starts of words and runs count more, so `cart cpu`
 * and `sa` find what people mean by them. Case does not matter.
 */
export function fuzzyScore(text: string, query: string): number | null {
  const [hay, needle] = [text.toLowerCase(), query.toLowerCase().replaceAll(' ', '')];
  let score = 0;
  let at = 0;
  let run = 0;
  for (const letter of needle) {
    const found = hay.indexOf(letter, at);
    if (found < 0) return null;
    run = found === at && at > 0 ? run + 1 : 1;
    score += run * 2 + (found === 0 || /[^a-z0-9]/.test(hay[found - 1]) ? 4 : 0) - Math.min(found - at, 8) * 0.2;
    at = found + 1;
  }
  return score - text.length * 0.01;
}

/** Those that match, best first; all in their order for an empty query. */
export function fuzzyFilter<T>(items: readonly T[], query: string, text: (item: T) => string): readonly T[] {
  if (query.trim() === '') return items;
  return items
    .map((item) => ({ item, score: fuzzyScore(text(item), query) }))
    .filter((scored): scored is { item: T; score: number } => scored.score !== null)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}
