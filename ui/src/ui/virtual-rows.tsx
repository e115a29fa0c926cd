import { useCallback, useLayoutEffect, useRef, useState, type CSSProperties, type RefObject } from 'react';
import { revealRow, rowWindow, type RowWindow } from './row-window';

/** Rows of every long list, in CSS pixels; `--row` in roles.css. */
export const ROW_HEIGHT = 26;

export interface VirtualRows {
  readonly window: RowWindow;
  /** Of the element that scrolls; a sticky header may be its first child. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Of the element that holds the rows: as high as all of them. */
  readonly bodyStyle: CSSProperties;
  readonly rowStyle: (row: number) => CSSProperties;
  /** Scrolls as little as shows the row. */
  readonly reveal: (row: number) => void;
  /** Scrolls so that the row is in the middle. */
  readonly centre: (row: number) => void;
  /** Rows that fit, for Page Up and Page Down. */
  readonly pageRows: () => number;
}

/** Rows of one height, of which only those in sight exist: a list may have as many as the server has. */
export function useVirtualRows(count: number, headerHeight = 0, rowHeight = ROW_HEIGHT): VirtualRows {
  const scroller = useRef<HTMLDivElement>(null);
  const [window, setWindow] = useState<RowWindow>({ first: 0, end: 0 });
  const measure = useCallback(() => {
    const pane = scroller.current;
    if (!pane) return;
    const next = rowWindow(pane.scrollTop, pane.clientHeight, rowHeight, count);
    setWindow((before) => (before.first === next.first && before.end === next.end ? before : next));
  }, [count, rowHeight]);
  useLayoutEffect(() => {
    const pane = scroller.current;
    if (!pane) return;
    measure();
    const resized = new ResizeObserver(measure);
    resized.observe(pane);
    pane.addEventListener('scroll', measure, { passive: true });
    return () => {
      resized.disconnect();
      pane.removeEventListener('scroll', measure);
    };
  }, [measure]);
  const reveal = useCallback(
    (row: number) => {
      const pane = scroller.current;
      if (pane) pane.scrollTop = revealRow(row, pane.scrollTop, pane.clientHeight, rowHeight, headerHeight);
    },
    [headerHeight, rowHeight],
  );
  const centre = useCallback(
    (row: number) => {
      const pane = scroller.current;
      if (pane) pane.scrollTop = row * rowHeight + (rowHeight + headerHeight - pane.clientHeight) / 2;
    },
    [headerHeight, rowHeight],
  );
  const pageRows = useCallback(
    () => Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - headerHeight) / rowHeight) - 1),
    [headerHeight, rowHeight],
  );
  return {
    window,
    scroller,
    bodyStyle: { position: 'relative', height: count * rowHeight },
    rowStyle: (row) => ({ position: 'absolute', top: row * rowHeight, left: 0, right: 0, height: rowHeight }),
    reveal,
    centre,
    pageRows,
  };
}
