import type { Point } from './layout';

/** Where a drawing lies in its pane: a point `p` of it is seen at `x + p.x × scale`, `y + p.y × scale`. Pixels. */
export interface PanZoom {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const SMALLEST = 0.1;
const LARGEST = 3;
/** Below this, names cannot be read: a large drawing is better seen in part. */
const READABLE = 0.75;

/** The whole drawing in the middle of the pane; where it would be too small to read, as much of it as fits around `around`. */
export function fit(drawing: Size, pane: Size, around: Point): PanZoom {
  const whole = Math.min(pane.width / drawing.width, pane.height / drawing.height, 1);
  if (whole >= READABLE)
    return { scale: whole, x: (pane.width - drawing.width * whole) / 2, y: (pane.height - drawing.height * whole) / 2 };
  return {
    scale: READABLE,
    x: along(drawing.width * READABLE, pane.width, around.x * READABLE),
    y: along(drawing.height * READABLE, pane.height, around.y * READABLE),
  };
}

/** Everything, however small. */
export function fitWhole(drawing: Size, pane: Size): PanZoom {
  const scale = Math.max(SMALLEST, Math.min(pane.width / drawing.width, pane.height / drawing.height, 1));
  return { scale, x: (pane.width - drawing.width * scale) / 2, y: (pane.height - drawing.height * scale) / 2 };
}

/** Larger or smaller by a factor, with the point of the pane at its place. */
export function zoomAt(view: PanZoom, point: Point, factor: number): PanZoom {
  const scale = Math.max(SMALLEST, Math.min(LARGEST, view.scale * factor));
  const by = scale / view.scale;
  return { scale, x: point.x - (point.x - view.x) * by, y: point.y - (point.y - view.y) * by };
}

/** Moves as little as brings a box of the drawing into the pane. */
export function revealBox(view: PanZoom, centre: Point, box: Size, pane: Size): PanZoom {
  return {
    scale: view.scale,
    x: view.x + outside(view.x + (centre.x - box.width / 2) * view.scale, box.width * view.scale, pane.width),
    y: view.y + outside(view.y + (centre.y - box.height / 2) * view.scale, box.height * view.scale, pane.height),
  };
}

const MARGIN = 12;

function outside(from: number, length: number, pane: number): number {
  if (from < MARGIN) return MARGIN - from;
  return Math.min(0, pane - MARGIN - (from + length));
}

/** Offset that centres `around`, without empty space beside a drawing that is longer than the pane. */
function along(drawing: number, pane: number, around: number): number {
  if (drawing <= pane) return (pane - drawing) / 2;
  return Math.max(pane - drawing, Math.min(0, pane / 2 - around));
}
