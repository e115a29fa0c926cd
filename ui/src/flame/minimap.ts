import type { ColorTable } from '../profile/color-classes';
import type { ThemeColors } from '../profile/colors';
import type { Frames } from '../profile/frames';
import { RectBatch, type Surface } from './rect-batch';
import { Spans, spansOf } from './spans';

/** Height in CSS pixels. */
export const MINIMAP_HEIGHT = 24;

/** Draws the whole tree into a strip, root on top; where it has more rows than the strip has pixels, only some of them. */
export function paintMinimap(surface: Surface, frames: Frames, colors: ColorTable, theme: ThemeColors, width: number, ratio: number): void {
  surface.fillStyle = theme.background;
  surface.fillRect(0, 0, Math.ceil(width * ratio), Math.ceil(MINIMAP_HEIGHT * ratio));
  const lines = Math.min(frames.rows.length, MINIMAP_HEIGHT);
  const height = Math.max(1, Math.floor((MINIMAP_HEIGHT * ratio) / Math.max(lines, 12)));
  const batch = new RectBatch(height);
  const spans = new Spans();
  for (let line = 0; line < lines; line++) {
    const depth = Math.floor((line * frames.rows.length) / lines);
    spansOf(frames, depth, { left: 0, right: frames.total[0] || 1 }, width, 1, spans);
    for (let i = 0; i < spans.count; i++) {
      const x0 = Math.round(spans.x0[i] * ratio);
      const node = frames.rows[depth][spans.from[i]];
      batch.add(colors.classOf[node], x0, line * height, Math.max(1, Math.round(spans.x1[i] * ratio) - x0));
    }
  }
  batch.flush(
    surface,
    colors.swatches.map((swatch) => swatch.fill),
  );
}
