import type { ByteReader } from './byte-reader';

/** Bounds of the server's reader: front-coded names can grow far beyond the bytes that carry them. */
const NAMES_BYTES_MAX = 32 << 20;
const NAME_BYTES_MAX = 65_535;

/**
 * Reads front-coded names: each says what it has in common with the one before. They are laid out one after the other and decoded in one call;
 * where all is ASCII, bytes are characters and names are slices of that one string.
 */
export function readNames(reader: ByteReader): string[] {
  const n = reader.length();
  const size = reader.number();
  if (size > NAMES_BYTES_MAX) throw new Error(`The columnar answer has ${size} bytes of names; this page reads ${NAMES_BYTES_MAX}.`);
  const bytes = new Uint8Array(size);
  const ends = new Uint32Array(n);
  let before = 0;
  let at = 0;
  for (let i = 0; i < n; i++) {
    const shared = reader.number();
    const rest = reader.take(reader.number());
    const end = at + shared + rest.length;
    if (shared > at - before || end > size || end - at > NAME_BYTES_MAX)
      throw new Error(`Name ${i} of the columnar answer has a wrong length.`);
    bytes.copyWithin(at, before, before + shared);
    bytes.set(rest, at + shared);
    if (i > 0 && !follows(bytes, before, at, end, shared)) throw new Error(`Name ${i} of the columnar answer is out of order.`);
    before = at;
    at = end;
    ends[i] = end;
  }
  if (at !== size) throw new Error(`The columnar answer promises ${size} bytes of names and has ${at}.`);
  return sliceNames(bytes, ends);
}

/** Whether the name in [at, end) is greater than the one in [before, at); they agree in `shared` bytes, perhaps in more. */
function follows(bytes: Uint8Array, before: number, at: number, end: number, shared: number): boolean {
  let i = shared;
  while (before + i < at && at + i < end && bytes[before + i] === bytes[at + i]) i++;
  if (at + i >= end) return false;
  return before + i >= at || bytes[at + i] > bytes[before + i];
}

/** Text of each stretch of `bytes`; `ends` has one past the last byte of each. */
export function sliceNames(bytes: Uint8Array, ends: Uint32Array): string[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const all = decoder.decode(bytes);
  const ascii = all.length === bytes.length && !bytes.some((byte) => byte > 127);
  const names = new Array<string>(ends.length);
  let from = 0;
  for (let i = 0; i < ends.length; i++) {
    names[i] = ascii ? all.slice(from, ends[i]) : decoder.decode(bytes.subarray(from, ends[i]));
    from = ends[i];
  }
  return names;
}
