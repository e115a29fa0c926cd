import type { Frames } from '../profile/frames';

/** What of the width is seen: value units from the left edge of node 0. `right` is always beyond `left`. */
export interface Viewport {
  readonly left: number;
  readonly right: number;
}

/** At the closest, a pixel is this part of the tree: beyond, doubles run out of digits. */
const SPAN_MIN = 1e-12;

export function viewOf(frames: Frames, node: number): Viewport {
  const whole = frames.total[0] > 0 ? frames.total[0] : 1;
  const left = frames.start[node];
  const width = frames.total[node];
  return width > 0 ? { left, right: left + width } : { left: 0, right: whole };
}

/** Zooms by `factor` (2 = twice as close) so that the value under the pointer, at `at` (0 left edge – 1 right edge), stays there. */
export function zoomAt(view: Viewport, at: number, factor: number, whole: number): Viewport {
  const span = Math.min(whole, Math.max(whole * SPAN_MIN, (view.right - view.left) / factor));
  const value = view.left + at * (view.right - view.left);
  return inside({ left: value - at * span, right: value + (1 - at) * span }, whole);
}

/** Moves by a part of what is seen: 1 = one screen to the right. Stops at both ends of the tree. */
export function panBy(view: Viewport, screens: number, whole: number): Viewport {
  const by = screens * (view.right - view.left);
  return inside({ left: view.left + by, right: view.right + by }, whole);
}

/** `t` of the way from one viewport to another; spans change by ratio, so that the speed looks even. */
export function between(from: Viewport, to: Viewport, t: number): Viewport {
  if (t >= 1) return to;
  const fromSpan = from.right - from.left;
  const toSpan = to.right - to.left;
  const span = fromSpan * (toSpan / fromSpan) ** t;
  const way = fromSpan === toSpan ? t : (fromSpan - span) / (fromSpan - toSpan);
  const left = from.left + (to.left - from.left) * way;
  return { left, right: left + span };
}

export function sameView(a: Viewport, b: Viewport): boolean {
  return a.left === b.left && a.right === b.right;
}

function inside(view: Viewport, whole: number): Viewport {
  const span = Math.min(view.right - view.left, whole);
  const left = Math.min(Math.max(0, view.left), whole - span);
  return { left, right: left + span };
}
