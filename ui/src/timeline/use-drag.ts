import { useState, type PointerEvent } from 'react';

/** Parts of a width, 0 to 1. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

export interface Drag extends Stretch {
  /** Shift was held. */
  readonly zooms: boolean;
}

/** Below this it is a click. */
const LEAST_PIXELS = 4;

export interface DragHandlers {
  readonly drag: Drag | null;
  readonly handlers: {
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
    onPointerUp(event: PointerEvent<HTMLElement>): void;
    onPointerCancel(): void;
  };
}

/** Dragging along a width; `point` hears where the pointer is, whether or not it drags. */
export function useDrag(point: (at: number) => void, finish: (drag: Drag) => void): DragHandlers {
  const [start, setStart] = useState<number | null>(null);
  const [end, setEnd] = useState(0);
  const [zooms, setZooms] = useState(false);
  const drag = start === null ? null : { from: Math.min(start, end), until: Math.max(start, end), zooms };
  return {
    drag: drag !== null && drag.from < drag.until ? drag : null,
    handlers: {
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = fractionOf(event);
        setStart(at);
        setEnd(at);
        setZooms(event.shiftKey);
      },
      onPointerMove: (event) => {
        const at = fractionOf(event);
        point(at);
        if (start === null) return;
        setEnd(at);
        setZooms(event.shiftKey);
      },
      onPointerUp: (event) => {
        setStart(null);
        const width = event.currentTarget.getBoundingClientRect().width;
        if (drag !== null && (drag.until - drag.from) * width >= LEAST_PIXELS) finish({ ...drag, zooms: event.shiftKey });
      },
      onPointerCancel: () => setStart(null),
    },
  };
}

export function fractionOf(event: PointerEvent<HTMLElement>): number {
  const { left, width } = event.currentTarget.getBoundingClientRect();
  return Math.max(0, Math.min(1, (event.clientX - left) / width));
}
