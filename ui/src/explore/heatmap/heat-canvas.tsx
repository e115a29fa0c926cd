import { useEffect, useRef } from 'react';
import { useTheme } from '../../app/theme';
import { countAt, heatLevel, type HeatGrid } from '../../profile/heatmap';
import { fromHex, mixOklab, toHex } from '../../profile/oklch';
import type { TimeRange } from '../../profile/time';

export interface HeatCanvasProps {
  readonly grid: HeatGrid;
  readonly window: TimeRange;
}

/** The cells. Drawn one pixel per cell edge, so that neighbours neither overlap nor gape. */
export function HeatCanvas({ grid, window }: HeatCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const draw = (): void => drawGrid(element, grid, window);
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    return () => observer.disconnect();
    // The roles' colours change with the theme.
  }, [grid, window, theme]);
  return <canvas ref={canvas} className="heat-canvas" aria-hidden="true" />;
}

function drawGrid(canvas: HTMLCanvasElement, grid: HeatGrid, window: TimeRange): void {
  const { width, height } = canvas.getBoundingClientRect();
  const context = canvas.getContext('2d');
  if (!context || width === 0 || height === 0) return;
  const ratio = globalThis.devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const colors = heatColors(canvas, grid.most);
  const { steps, buckets } = grid;
  const xOf = (time: number): number => Math.round(((time - window.from) / (window.until - window.from)) * canvas.width);
  const yOf = (bucket: number): number => Math.round((1 - bucket / buckets) * canvas.height);
  for (let x = 0; x < steps.count; x++) {
    const edge = steps.first + x * steps.step;
    const [left, right] = [Math.max(0, xOf(edge - steps.step)), xOf(edge)];
    for (let y = 0; y < buckets; y++) {
      const count = countAt(grid, x, y);
      if (count === 0) continue;
      context.fillStyle = colors(count);
      context.fillRect(left, yOf(y + 1), Math.max(1, right - left), yOf(y) - yOf(y + 1));
    }
  }
}

/** From the ground to the accent, straight through OKLab: equal steps look equal. */
export function heatColors(element: Element, most: number): (count: number) => string {
  const style = getComputedStyle(element);
  const role = (name: string): ReturnType<typeof fromHex> => fromHex(style.getPropertyValue(name).trim());
  const [ground, accent] = [role('--bg-0'), role('--accent')];
  return (count) => toHex(mixOklab(ground, accent, heatLevel(count, most)));
}
