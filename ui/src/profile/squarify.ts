export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Areas in proportion to values, as near to squares as a greedy choice of rows gets (Bruls, Huizing, van Wijk: Squarified Treemaps, 2000).
 * Values come largest first, none below 0; the rectangles come in their order and fill `into`.
 */
export function squarify(values: readonly number[], into: Rect): readonly Rect[] {
  const total = values.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) return values.map(() => ({ x: into.x, y: into.y, width: 0, height: 0 }));
  const scale = (into.width * into.height) / total;
  const areas = values.map((value) => value * scale);
  const rects: Rect[] = [];
  let rest = into;
  for (let from = 0; from < areas.length;) {
    const side = Math.min(rest.width, rest.height);
    let until = from + 1;
    while (until < areas.length && worst(areas, from, until + 1, side) <= worst(areas, from, until, side)) until++;
    rest = layRow(areas.slice(from, until), rest, rects);
    from = until;
  }
  return rects;
}

/** The ratio of sides of the least square rectangle of a row along `side`. */
function worst(areas: readonly number[], from: number, until: number, side: number): number {
  let sum = 0;
  for (let i = from; i < until; i++) sum += areas[i];
  const [greatest, least] = [areas[from], areas[until - 1]];
  return Math.max((side * side * greatest) / (sum * sum), (sum * sum) / (side * side * least));
}

/** Lays a row along the shorter side; what is left of the rectangle. */
function layRow(areas: readonly number[], { x, y, width, height }: Rect, rects: Rect[]): Rect {
  const sum = areas.reduce((total, area) => total + area, 0);
  const isColumn = width >= height;
  const side = isColumn ? height : width;
  const depth = side > 0 ? sum / side : 0;
  let at = 0;
  for (const area of areas) {
    const length = depth > 0 ? area / depth : 0;
    rects.push(isColumn ? { x, y: y + at, width: depth, height: length } : { x: x + at, y, width: length, height: depth });
    at += length;
  }
  return isColumn ? { x: x + depth, y, width: width - depth, height } : { x, y: y + depth, width, height: height - depth };
}
