/** Rows of a long list that are on the screen, and some beyond: `first` included, `end` not. */
export interface VisibleRows {
  readonly first: number;
  readonly end: number;
}

/** Lengths in pixels. */
export function visibleRows(scrolled: number, height: number, rowHeight: number, count: number, beyond = 8): VisibleRows {
  const first = Math.max(0, Math.min(count, Math.floor(scrolled / rowHeight) - beyond));
  const end = Math.max(first, Math.min(count, Math.ceil((scrolled + height) / rowHeight) + beyond));
  return { first, end };
}
