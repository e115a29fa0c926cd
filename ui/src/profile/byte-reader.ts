/** Reads the numbers of a binary answer, in order; throws where it ends too early. */
export class ByteReader {
  constructor(
    readonly bytes: Uint8Array,
    private at: number,
  ) {}

  /** Bytes that were not read yet. */
  get left(): number {
    return this.bytes.length - this.at;
  }

  byte(): number {
    if (this.at >= this.bytes.length) throw new Error('The columnar answer was cut off.');
    return this.bytes[this.at++];
  }

  /** A uvarint. Multiplication, not shifts, beyond 7 bits: values are up to 2^63 and lose only their last bits above 2^53. */
  number(): number {
    let byte = this.byte();
    if (byte < 128) return byte;
    let value = byte & 127;
    let scale = 128;
    do {
      if (scale > 2 ** 63) throw new Error('A number of the columnar answer has more than 10 bytes.');
      byte = this.byte();
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte >= 128);
    return value;
  }

  /** A count of things that each take at least one byte: more than there are bytes is a lie. */
  length(): number {
    const n = this.number();
    if (n > this.left) throw new Error(`The columnar answer promises ${n} entries and was cut off.`);
    return n;
  }

  take(length: number): Uint8Array {
    if (length > this.left) throw new Error('The columnar answer was cut off.');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}
