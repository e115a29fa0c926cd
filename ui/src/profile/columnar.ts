import { ByteReader } from './byte-reader';
import { buildFrames } from './frame-builder';
import type { Ancestor, Frames } from './frames';
import { readNames } from './columnar-names';

/** The media type that asks the server for columns (docs/formats/columnar.md). */
export const COLUMNAR = 'application/vnd.kagari.columnar';

const MAGIC = 0x4b474354; // KGCT
const VERSION = 1;
const DEPTH_MAX = 65_535; // what a Uint16Array holds

/**
 * Reads the trees of a columnar answer: one of a flame graph, two of a sandwich (callers, callees) or of a comparison (left, right). Throws
 * an Error with a sentence for people where the bytes are no such answer; never runs or allocates longer than a constant times their number
 * and the 32 MiB that names may have.
 */
export function readColumnar(bytes: Uint8Array): Frames[] {
  readHeader(bytes);
  const reader = new ByteReader(bytes, 5);
  const trees = reader.byte();
  const names = readNames(reader);
  const frames: Frames[] = [];
  for (let tree = 0; tree < trees; tree++) frames.push(readTree(reader, names));
  if (reader.left > 0) throw new Error(`The columnar answer has ${reader.left} bytes too many.`);
  return frames;
}

function readHeader(bytes: Uint8Array): void {
  if (bytes.length < 6) throw new Error(`The answer has ${bytes.length} bytes; a columnar tree has at least 6.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== MAGIC) throw new Error('The answer does not begin with KGCT: it is no columnar tree.');
  if (bytes[4] !== VERSION) throw new Error(`The answer is columnar version ${bytes[4]}; this page reads ${VERSION}. Reload it.`);
}

function readTree(reader: ByteReader, names: readonly string[]): Frames {
  const ancestors: Ancestor[] = [];
  for (let n = reader.length(); n > 0; n--) {
    const name = readName(reader, names.length);
    ancestors.push({ name: name < 0 ? null : names[name], self: reader.number(), total: reader.number() });
  }
  const count = reader.length();
  const depth = readDepths(reader, count);
  const name = new Int32Array(count);
  for (let node = 0; node < count; node++) name[node] = readName(reader, names.length);
  const self = readValues(reader, count);
  const total = readValues(reader, count);
  const frames = buildFrames({ names, name, depth, self, total, folded: readFolded(reader, count), ancestors });
  checkTotals(frames);
  return frames;
}

function readName(reader: ByteReader, names: number): number {
  const name = reader.number() - 1;
  if (name >= names) throw new Error(`The columnar answer has ${names} names and uses number ${name}.`);
  return name;
}

function readDepths(reader: ByteReader, count: number): Uint16Array {
  const depth = new Uint16Array(count);
  for (let node = 1; node < count; node++) {
    const d = depth[node - 1] + 1 - reader.number();
    if (d < 1 || d > DEPTH_MAX) throw new Error(`Node ${node} of the columnar answer has depth ${d}.`);
    depth[node] = d;
  }
  return depth;
}

function readValues(reader: ByteReader, count: number): Float64Array {
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = reader.number();
  return values;
}

function readFolded(reader: ByteReader, count: number): Map<number, number> {
  const folded = new Map<number, number>();
  let node = 0;
  for (let n = reader.length(); n > 0; n--) {
    node += reader.number();
    if (node >= count) throw new Error(`Node ${node} of the columnar answer folds others, and there are ${count}.`);
    folded.set(node, reader.number());
  }
  return folded;
}

/** A total covers self and children. Sums of values beyond 2^53 are rounded, so those may miss by as much as rounding explains. */
function checkTotals(frames: Frames): void {
  const { count, parent, self, total } = frames;
  const used = Float64Array.from(self);
  for (let node = 1; node < count; node++) used[parent[node]] += total[node];
  for (let node = 0; node < count; node++) {
    if (used[node] > total[node] && used[node] > total[node] * (1 + 1e-9)) {
      throw new Error(`Node ${node} of the columnar answer has total ${total[node]}, its self and children ${used[node]}.`);
    }
  }
}
