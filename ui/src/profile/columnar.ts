import { buildFrames } from './frame-builder';
import type { Ancestor, Frames } from './frames';

/** The media type that asks the server for columns (docs/formats/columnar.md). */
export const COLUMNAR = 'application/vnd.kagari.columnar';

const MAGIC = 0x4b474354; // KGCT
const VERSION = 1;

/** Reads the trees of a columnar answer: one of a flame graph, two of a sandwich (callers, callees) or of a comparison (left, right). */
export function readColumnar(bytes: Uint8Array): Frames[] {
  const reader = new Reader(bytes);
  reader.header();
  const trees = reader.byte();
  const names = reader.names();
  const frames: Frames[] = [];
  for (let tree = 0; tree < trees; tree++) frames.push(reader.tree(names));
  reader.end();
  return frames;
}

class Reader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  header(): void {
    if (this.bytes.length < 6) throw new Error(`The answer has ${this.bytes.length} bytes; a columnar tree has at least 6.`);
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
    if (view.getUint32(0) !== MAGIC) throw new Error('The answer does not begin with KGCT: it is no columnar tree.');
    if (this.bytes[4] !== VERSION) {
      throw new Error(`The answer is columnar version ${String(this.bytes[4])}; this page reads ${VERSION}. Reload it.`);
    }
    this.at = 5;
  }

  byte(): number {
    if (this.at >= this.bytes.length) throw new Error('The columnar answer was cut off.');
    return this.bytes[this.at++];
  }

  /** Multiplication, not shifts, beyond 28 bits: values are up to 2^63 and lose only their last bits above 2^53. */
  number(): number {
    let byte = this.byte();
    if (byte < 128) return byte;
    let value = byte & 127;
    let scale = 128;
    do {
      byte = this.byte();
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte >= 128);
    return value;
  }

  /** A count of things that each take at least one byte: more than there are bytes is a lie. */
  private length(): number {
    const n = this.number();
    if (n > this.bytes.length - this.at) throw new Error(`The columnar answer promises ${n} entries and was cut off.`);
    return n;
  }

  /** Names are front-coded: each says what it has in common with the one before. */
  names(): string[] {
    const n = this.length();
    const decoder = new TextDecoder();
    this.number(); // bytes of all names: for readers that allocate ahead
    const names = new Array<string>(n);
    let scratch = new Uint8Array(256);
    for (let i = 0; i < n; i++) {
      const shared = this.number();
      const rest = this.length();
      const length = shared + rest;
      if (length > scratch.length) {
        const grown = new Uint8Array(length * 2);
        grown.set(scratch);
        scratch = grown;
      }
      scratch.set(this.bytes.subarray(this.at, this.at + rest), shared);
      this.at += rest;
      names[i] = decoder.decode(scratch.subarray(0, length));
    }
    return names;
  }

  tree(names: readonly string[]): Frames {
    const ancestors: Ancestor[] = [];
    for (let n = this.length(); n > 0; n--) {
      const name = this.number() - 1;
      ancestors.push({ name: name < 0 ? null : names[name], self: this.number(), total: this.number() });
    }
    const count = this.length();
    const depth = new Uint16Array(count);
    for (let node = 1; node < count; node++) depth[node] = depth[node - 1] + 1 - this.number();
    const name = new Int32Array(count);
    for (let node = 0; node < count; node++) name[node] = this.number() - 1;
    const self = this.values(count);
    const total = this.values(count);
    return buildFrames({ names, name, depth, self, total, folded: this.folded(), ancestors });
  }

  private values(count: number): Float64Array {
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) values[i] = this.number();
    return values;
  }

  private folded(): Map<number, number> {
    const folded = new Map<number, number>();
    let node = 0;
    for (let n = this.length(); n > 0; n--) {
      node += this.number();
      folded.set(node, this.number());
    }
    return folded;
  }

  end(): void {
    if (this.at !== this.bytes.length) throw new Error(`The columnar answer has ${this.bytes.length - this.at} bytes too many.`);
  }
}
