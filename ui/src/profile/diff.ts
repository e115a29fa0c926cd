import type { Frames, Side } from './frames';
import { buildFrames } from './frame-builder';

/** What a change of a value means. */
export type ChangeMode = 'share' | 'absolute' | 'per-instance' | 'per-request';

/** What is known of one side of a comparison. */
export interface SideFacts {
  readonly total: number;
  readonly seconds: number;
  /** Null where nobody counted. */
  readonly instances: number | null;
  readonly requests: number | null;
}

/** Factors that make both sides comparable. */
export interface SideScales {
  readonly left: number;
  readonly right: number;
}

/** Pairs two trees of one shape, as the server sends them for a comparison: node by node, widths are the sums of both. */
export function pairFrames(left: Frames, right: Frames): Frames {
  if (left.count !== right.count || !same(left.depth, right.depth) || !same(left.name, right.name)) {
    throw new Error('The two sides of the comparison have different shapes.');
  }
  const sides = { left: { self: left.self, total: left.total }, right: { self: right.self, total: right.total } };
  return withSides(left, sides.left, sides.right);
}

/** The same tree with sides scaled, so that widths and colours speak of one meaning of change. Nodes keep their numbers. */
export function scaleSides(frames: Frames, scales: SideScales): Frames {
  if (frames.sides === null) throw new Error('BUG: a tree without sides is scaled.');
  if (scales.left === 1 && scales.right === 1) return frames;
  const { left, right } = frames.sides;
  return withSides(frames, scale(left, scales.left), scale(right, scales.right));
}

/** Null where the mode needs what nobody counted. A side without value has no scale of its own and keeps 1. */
export function scalesOf(mode: ChangeMode, left: SideFacts, right: SideFacts): SideScales | null {
  switch (mode) {
    case 'absolute':
      return { left: 1, right: 1 };
    case 'share':
      return { left: left.total > 0 ? 1 / left.total : 1, right: right.total > 0 ? 1 / right.total : 1 };
    case 'per-instance':
      return perThing(left.instances, right.instances);
    case 'per-request':
      return perThing(left.requests, right.requests);
  }
}

/** Absolute where both sides have equal length and equally many instances, so that nothing else explains a difference; else share. */
export function defaultMode(left: SideFacts, right: SideFacts): ChangeMode {
  const sameLength = Math.abs(left.seconds - right.seconds) <= 0.01 * Math.max(left.seconds, right.seconds);
  return sameLength && left.instances !== null && left.instances === right.instances ? 'absolute' : 'share';
}

function perThing(left: number | null, right: number | null): SideScales | null {
  return left !== null && right !== null && left > 0 && right > 0 ? { left: 1 / left, right: 1 / right } : null;
}

function withSides(shape: Frames, left: Side, right: Side): Frames {
  return buildFrames({
    ...shape,
    self: left.self.map((value, i) => value + right.self[i]),
    total: left.total.map((value, i) => value + right.total[i]),
    sides: { left, right },
  });
}

function scale(side: Side, factor: number): Side {
  return { self: side.self.map((value) => value * factor), total: side.total.map((value) => value * factor) };
}

function same(a: Uint16Array | Int32Array, b: Uint16Array | Int32Array): boolean {
  return a.every((value, i) => value === b[i]);
}
