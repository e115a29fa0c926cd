import { useCallback, useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';
import type { Point } from './layout';
import { fit, fitWhole, revealBox, zoomAt, type PanZoom, type Size } from './pan-zoom';

export interface PanZoomControl {
  readonly pane: RefObject<HTMLDivElement | null>;
  readonly view: PanZoom;
  readonly zoom: (factor: number) => void;
  readonly showAll: () => void;
  readonly reveal: (centre: Point, box: Size) => void;
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: () => void;
}

/** Wheel zooms at the pointer, dragging moves. Starts with as much of the drawing as can be read, around `around`. */
export function usePanZoom(drawing: Size, around: Point): PanZoomControl {
  const pane = useRef<HTMLDivElement>(null);
  const drag = useRef<Point | null>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  const [moved, setMoved] = useState<PanZoom | null>(null);
  const view = moved ?? fit(drawing, size, around);
  const latest = useRef(view);
  useEffect(() => {
    latest.current = view;
  });
  useEffect(() => {
    const element = pane.current;
    if (!element) return;
    const resized = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    resized.observe(element);
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const point = { x: event.clientX - box.left, y: event.clientY - box.top };
      setMoved(zoomAt(latest.current, point, Math.exp(-event.deltaY / 500)));
    };
    // React's own listeners for wheels are passive and could not keep the page from scrolling.
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      resized.disconnect();
      element.removeEventListener('wheel', wheel);
    };
  }, []);
  const zoom = useCallback((factor: number) => setMoved(zoomAt(latest.current, { x: size.width / 2, y: size.height / 2 }, factor)), [size]);
  return {
    pane,
    view,
    zoom,
    showAll: () => setMoved(fitWhole(drawing, size)),
    reveal: (centre, box) => setMoved(revealBox(latest.current, centre, box, size)),
    onPointerDown: (event) => {
      if (event.button === 0) drag.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event) => {
      const from = drag.current;
      if (!from || event.buttons !== 1) return;
      drag.current = { x: event.clientX, y: event.clientY };
      const { x, y, scale } = latest.current;
      setMoved({ scale, x: x + event.clientX - from.x, y: y + event.clientY - from.y });
    },
    onPointerUp: () => {
      drag.current = null;
    },
  };
}
