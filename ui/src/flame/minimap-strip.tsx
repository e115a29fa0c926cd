import { useImperativeHandle, useLayoutEffect, useRef, useState, type PointerEvent, type ReactElement, type Ref } from 'react';
import type { ColorTable } from '../profile/color-classes';
import type { ThemeColors } from '../profile/colors';
import type { Frames } from '../profile/frames';
import { MINIMAP_HEIGHT, paintMinimap } from './minimap';

export interface MinimapHandle {
  /** Marks the part that is seen, as parts of the whole width, 0 to 1. */
  show(left: number, right: number): void;
}

interface MinimapProps {
  readonly ref: Ref<MinimapHandle>;
  readonly frames: Frames;
  readonly colors: ColorTable | null;
  readonly theme: ThemeColors | null;
  /** A drag across the strip chose a part of the width; a click moves the window there. */
  readonly onWindow: (left: number, right: number) => void;
}

/** Less than this part of the width is a click, not a chosen window. */
const WINDOW_MIN = 0.004;

/** The whole tree in a strip, with a window on what is seen. Redrawn only with another tree, colour or width. */
export function Minimap({ ref, frames, colors, theme, onWindow }: MinimapProps): ReactElement {
  const strip = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const glass = useRef<HTMLDivElement>(null);
  const shown = useRef({ left: 0, right: 1 });
  const pressed = useRef<number | null>(null);
  const [width, setWidth] = useState(0);

  useImperativeHandle(ref, () => ({
    show(left, right) {
      shown.current = { left, right };
      if (glass.current === null) return;
      glass.current.hidden = left <= 0 && right >= 1;
      glass.current.style.left = `${left * 100}%`;
      glass.current.style.width = `max(3px, ${(right - left) * 100}%)`;
    },
  }));

  useLayoutEffect(() => {
    const element = strip.current!;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d', { alpha: false });
    if (!canvas.current || !context || colors === null || theme === null || width === 0) return;
    const ratio = window.devicePixelRatio;
    canvas.current.width = Math.round(width * ratio);
    canvas.current.height = Math.round(MINIMAP_HEIGHT * ratio);
    paintMinimap(context, frames, colors, theme, width, ratio);
  }, [frames, colors, theme, width]);

  const at = (event: PointerEvent) => {
    const box = strip.current!.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
  };
  const choose = (to: number) => {
    const from = pressed.current ?? to;
    const span = shown.current.right - shown.current.left;
    if (Math.abs(to - from) >= WINDOW_MIN) onWindow(Math.min(from, to), Math.max(from, to));
    else if (span < 1) onWindow(Math.min(1 - span, Math.max(0, to - span / 2)), Math.max(span, Math.min(1, to + span / 2)));
  };

  return (
    <div
      ref={strip}
      className="flame-graph-minimap"
      aria-hidden="true"
      onPointerDown={(event) => {
        pressed.current = at(event);
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (pressed.current !== null && Math.abs(at(event) - pressed.current) >= WINDOW_MIN) choose(at(event));
      }}
      onPointerUp={(event) => {
        if (pressed.current !== null) choose(at(event));
        pressed.current = null;
      }}
    >
      <canvas ref={canvas} />
      <div ref={glass} className="flame-graph-minimap-glass" hidden />
    </div>
  );
}
