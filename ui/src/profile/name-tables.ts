/** Two tables of names as one, in order, and where each old index went. */
export interface JoinedNames {
  readonly names: readonly string[];
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/** Both tables are strictly ascending by code points (which is the order of UTF-8 bytes), so one pass of both is enough. */
export function joinNames(a: readonly string[], b: readonly string[]): JoinedNames {
  const first = new Int32Array(a.length);
  const second = new Int32Array(b.length);
  const names: string[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const order = i === a.length ? 1 : j === b.length ? -1 : compareNames(a[i], b[j]);
    const at = names.push(order <= 0 ? a[i] : b[j]) - 1;
    if (order <= 0) first[i++] = at;
    if (order >= 0) second[j++] = at;
  }
  return { names, first, second };
}

/** Order of UTF-8 bytes. It is that of UTF-16 units but for surrogates, which stand for code points above all others. */
export function compareNames(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return lift(x) - lift(y);
  }
  return a.length - b.length;
}

function lift(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}
