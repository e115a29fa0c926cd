import type { Hit } from './hit-test';

/** What the pointer asks of a flame graph. Places are CSS pixels from the corner of the stage. */
export interface PointerTarget {
  hover(hit: Hit): void;
  click(hit: Hit): void;
  menu(hit: Hit, clientX: number, clientY: number): void;
  zoom(x: number, factor: number): void;
  pan(pixels: number): void;
  scroll(pixels: number): void;
  hit(x: number, y: number): Hit;
}

/** Pixels that a pressed pointer may move before it drags. */
const DRAG_MIN = 4;

/** Listens on the stage; returns what takes the listeners away. Ctrl-wheel zooms, Shift-wheel and drags pan, a plain wheel scrolls by itself. */
export function listen(stage: HTMLElement, target: PointerTarget): () => void {
  let drag: { readonly id: number; x: number; y: number; moved: boolean } | null = null;
  const stop = new AbortController();
  const { signal } = stop;
  const at = (event: MouseEvent) => {
    const box = stage.getBoundingClientRect();
    return target.hit(event.clientX - box.left, event.clientY - box.top);
  };

  stage.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button === 0) drag = { id: event.pointerId, x: event.clientX, y: event.clientY, moved: false };
    },
    { signal },
  );

  stage.addEventListener(
    'pointermove',
    (event) => {
      if (drag === null) {
        target.hover(at(event));
        return;
      }
      const dx = event.clientX - drag.x;
      const dy = event.clientY - drag.y;
      if (!drag.moved && Math.hypot(dx, dy) < DRAG_MIN) return;
      if (!drag.moved) stage.setPointerCapture(drag.id);
      drag = { id: drag.id, x: event.clientX, y: event.clientY, moved: true };
      target.hover(null);
      if (dx !== 0) target.pan(-dx);
      if (dy !== 0) target.scroll(-dy);
    },
    { signal },
  );

  stage.addEventListener(
    'pointerup',
    (event) => {
      const click = drag !== null && !drag.moved && event.button === 0;
      drag = null;
      if (click) target.click(at(event));
    },
    { signal },
  );

  stage.addEventListener('pointercancel', () => (drag = null), { signal });
  stage.addEventListener('pointerleave', () => target.hover(null), { signal });

  stage.addEventListener(
    'contextmenu',
    (event) => {
      const hit = at(event);
      if (hit === null) return;
      event.preventDefault();
      target.menu(hit, event.clientX, event.clientY);
    },
    { signal },
  );

  stage.addEventListener(
    'wheel',
    (event) => {
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        target.zoom(event.clientX - stage.getBoundingClientRect().left, Math.exp(-event.deltaY * unit * 0.003));
      } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        target.pan((event.deltaX !== 0 ? event.deltaX : event.deltaY) * unit);
      } else {
        target.hover(null); // what is under the pointer changes without a move
      }
    },
    { signal, passive: false },
  );

  return () => stop.abort();
}
