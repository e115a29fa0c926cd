/** Rows that are drawn, `end` excluded. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

/** Drawn beyond both edges, so that a scrolled step has its rows before React does. */
const MARGIN = 8;

/**
 * Rows that a scrolled pane shows, and a margin. `first` and `end` move in steps of the margin: scrolling a pixel draws nothing anew.
 * Lengths in CSS pixels.
 */
export function rowWindow(scrollTop: number, height: number, rowHeight: number, count: number): RowWindow {
  const shownFirst = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const shownEnd = Math.ceil((Math.max(0, scrollTop) + height) / rowHeight);
  const end = Math.min(count, (Math.ceil(shownEnd / MARGIN) + 1) * MARGIN);
  return { first: Math.max(0, Math.min(end, (Math.floor(shownFirst / MARGIN) - 1) * MARGIN)), end };
}

/** The scroll position nearest to `scrollTop` at which the whole row is shown below a header of `header` pixels. */
export function revealRow(row: number, scrollTop: number, height: number, rowHeight: number, header: number): number {
  const top = row * rowHeight;
  const bottom = top + rowHeight + header - height;
  if (top < scrollTop) return top;
  return bottom > scrollTop ? bottom : scrollTop;
}
