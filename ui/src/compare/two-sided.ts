/** A thing that both sides may have: a caller, a callee, a line. */
export interface TwoSided {
  readonly key: string;
  readonly left: number;
  readonly right: number;
}

/** Joins what each side has by key; what changed most under the scale comes first. A side that lacks a key has 0 of it. */
export function joinSides(
  left: readonly (readonly [string, number])[],
  right: readonly (readonly [string, number])[],
  scale: { readonly left: number; readonly right: number },
): readonly TwoSided[] {
  const joined = new Map<string, TwoSided>();
  for (const [key, value] of left) joined.set(key, { key, left: value + (joined.get(key)?.left ?? 0), right: 0 });
  for (const [key, value] of right) {
    const before = joined.get(key);
    joined.set(key, { key, left: before?.left ?? 0, right: value + (before?.right ?? 0) });
  }
  const change = (of: TwoSided): number => Math.abs(of.right * scale.right - of.left * scale.left);
  return [...joined.values()].sort((a, b) => change(b) - change(a) || (a.key < b.key ? -1 : 1));
}
