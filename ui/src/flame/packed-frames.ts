import type { Ancestor, Frames, Side, Sides } from '../profile/frames';

/** `Frames` for a message between threads: names as one text, rows as one column, all columns of their own, so that they can be transferred. */
export interface PackedFrames {
  readonly text: string;
  /** One past the last character of each name in `text`. */
  readonly nameEnds: Uint32Array;
  readonly name: Int32Array;
  readonly depth: Uint16Array;
  readonly parent: Int32Array;
  readonly start: Float64Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
  /** All rows, one after the other. */
  readonly rows: Uint32Array;
  readonly rowEnds: Uint32Array;
  readonly folded: ReadonlyMap<number, number>;
  readonly ancestors: readonly Ancestor[];
  readonly sides: Sides | null;
}

/** Copies the columns: the sender keeps its tree. */
export function packFrames(frames: Frames): PackedFrames {
  return {
    text: frames.names.join(''),
    nameEnds: ends(frames.names),
    name: frames.name.slice(),
    depth: frames.depth.slice(),
    parent: frames.parent.slice(),
    start: frames.start.slice(),
    self: frames.self.slice(),
    total: frames.total.slice(),
    rows: joined(frames.rows, frames.count),
    rowEnds: ends(frames.rows),
    folded: frames.folded,
    ancestors: frames.ancestors,
    sides: frames.sides && { left: copy(frames.sides.left), right: copy(frames.sides.right) },
  };
}

export function unpackFrames({ text, nameEnds, rows, rowEnds, ...columns }: PackedFrames): Frames {
  const names = Array.from(nameEnds, (end, i) => text.slice(i === 0 ? 0 : nameEnds[i - 1], end));
  const cut = Array.from(rowEnds, (end, i) => rows.subarray(i === 0 ? 0 : rowEnds[i - 1], end));
  return { ...columns, count: columns.name.length, names, rows: cut };
}

/** Memory that a message may take along instead of copying it. */
export function buffersOf(packed: PackedFrames): ArrayBuffer[] {
  const sides = packed.sides === null ? [] : [packed.sides.left, packed.sides.right].flatMap((side) => [side.self, side.total]);
  const { nameEnds, name, depth, parent, start, self, total, rows, rowEnds } = packed;
  return [nameEnds, name, depth, parent, start, self, total, rows, rowEnds, ...sides].map((column) => column.buffer as ArrayBuffer);
}

function copy({ self, total }: Side): Side {
  return { self: self.slice(), total: total.slice() };
}

function ends(parts: readonly { readonly length: number }[]): Uint32Array {
  let end = 0;
  return Uint32Array.from(parts, (part) => (end += part.length));
}

function joined(rows: readonly Uint32Array[], count: number): Uint32Array {
  const all = new Uint32Array(count);
  let at = 0;
  for (const row of rows) {
    all.set(row, at);
    at += row.length;
  }
  return all;
}
