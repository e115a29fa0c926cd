import type { Frames } from '../../src/profile/frames';

/** Writes columnar bytes (docs/formats/columnar.md, version 1), as the server does. */
export function encodeColumnar(trees: readonly Frames[], names: readonly string[]): Uint8Array {
  const out: number[] = [0x4b, 0x47, 0x43, 0x54, 1, trees.length];
  writeNames(out, names);
  for (const tree of trees) writeTree(out, tree, names);
  return Uint8Array.from(out);
}

function writeNames(out: number[], names: readonly string[]): void {
  const encoded = names.map((name) => new TextEncoder().encode(name));
  number(out, names.length);
  number(
    out,
    encoded.reduce((sum, bytes) => sum + bytes.length, 0),
  );
  let before = new Uint8Array(0);
  for (const bytes of encoded) {
    let shared = 0;
    while (shared < before.length && shared < bytes.length && before[shared] === bytes[shared]) shared++;
    number(out, shared);
    number(out, bytes.length - shared);
    out.push(...bytes.subarray(shared));
    before = bytes;
  }
}

function writeTree(out: number[], tree: Frames, names: readonly string[]): void {
  number(out, tree.ancestors.length);
  for (const { name, self, total } of tree.ancestors) {
    number(out, name === null ? 0 : names.indexOf(name) + 1);
    number(out, self);
    number(out, total);
  }
  number(out, tree.count);
  for (let node = 1; node < tree.count; node++) number(out, tree.depth[node - 1] + 1 - tree.depth[node]);
  for (const name of tree.name) number(out, name + 1);
  for (const self of tree.self) number(out, self);
  for (const total of tree.total) number(out, total);
  number(out, tree.folded.size);
  let last = 0;
  for (const [node, count] of tree.folded) {
    number(out, node - last);
    number(out, count);
    last = node;
  }
}

function number(out: number[], value: number): void {
  let rest = BigInt(value);
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128);
  out.push(Number(rest));
}
