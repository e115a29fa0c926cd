/** Height of a row in CSS pixels, the 1 px line below it included. */
export const ROW_HEIGHT = 18;

/** `icicle` has the root on top, `flame` at the bottom. */
export type Direction = 'icicle' | 'flame';

/** How rows lie in the scrolled area; all in CSS pixels. */
export interface Geometry {
  readonly direction: Direction;
  /** Rows that have something to show. */
  readonly rows: number;
  readonly scrollTop: number;
  readonly width: number;
  readonly height: number;
}

export function contentHeight(geometry: Pick<Geometry, 'rows' | 'height'>): number {
  return Math.max(geometry.rows * ROW_HEIGHT, geometry.height);
}

/** Top of a row, from the top of what is seen. */
export function rowTop(geometry: Geometry, depth: number): number {
  const fromTop = geometry.direction === 'icicle' ? depth * ROW_HEIGHT : contentHeight(geometry) - (depth + 1) * ROW_HEIGHT;
  return fromTop - geometry.scrollTop;
}

/** Depth of the row at a height from the top of what is seen; may be one that has no frame. */
export function depthAt(geometry: Geometry, y: number): number {
  const fromTop = y + geometry.scrollTop;
  return Math.floor((geometry.direction === 'icicle' ? fromTop : contentHeight(geometry) - fromTop - 1e-9) / ROW_HEIGHT);
}

/** First and last row that are at least partly seen. */
export function seenRows(geometry: Geometry): { readonly first: number; readonly last: number } {
  const one = depthAt(geometry, 0);
  const other = depthAt(geometry, geometry.height - 1e-6);
  return { first: Math.max(0, Math.min(one, other)), last: Math.min(geometry.rows - 1, Math.max(one, other)) };
}

/** Where to scroll so that a row is seen with a few of its callers; unchanged where it is seen already. */
export function scrollToRow(geometry: Geometry, depth: number): number {
  const top = rowTop(geometry, depth);
  if (top >= 0 && top + ROW_HEIGHT <= geometry.height) return geometry.scrollTop;
  const margin = Math.min(4 * ROW_HEIGHT, Math.floor((geometry.height - ROW_HEIGHT) / 3));
  const wanted = geometry.direction === 'icicle' ? margin : geometry.height - ROW_HEIGHT - margin;
  return Math.min(Math.max(0, geometry.scrollTop + top - wanted), contentHeight(geometry) - geometry.height);
}
