import { useState, type PointerEvent } from 'react';

/** A point of a box, 0 to 1 from the left and from the lower edge. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface BoxDrag {
  readonly one: Point;
  readonly other: Point;
  /** Only time counts: Shift was held. */
  readonly isTime: boolean;
}

export interface BoxDragHandlers {
  readonly drag: BoxDrag | null;
  readonly handlers: {
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
    onPointerUp(event: PointerEvent<HTMLElement>): void;
    onPointerCancel(): void;
  };
}

/** Dragging a box; a click is a box of one cell. `point` hears where the pointer is. */
export function useBoxDrag(point: (at: Point) => void, finish: (drag: BoxDrag) => void): BoxDragHandlers {
  const [drag, setDrag] = useState<BoxDrag | null>(null);
  return {
    drag,
    handlers: {
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = pointOf(event);
        setDrag({ one: at, other: at, isTime: event.shiftKey });
      },
      onPointerMove: (event) => {
        const at = pointOf(event);
        point(at);
        if (drag) setDrag({ one: drag.one, other: at, isTime: event.shiftKey });
      },
      onPointerUp: (event) => {
        if (drag) finish({ one: drag.one, other: pointOf(event), isTime: event.shiftKey });
        setDrag(null);
      },
      onPointerCancel: () => setDrag(null),
    },
  };
}

function pointOf(event: PointerEvent<HTMLElement>): Point {
  const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
  const within = (part: number): number => Math.max(0, Math.min(1, part));
  return { x: within((event.clientX - left) / width), y: within(1 - (event.clientY - top) / height) };
}
