import { changeOf } from '../profile/color-classes';
import { foldedExtent } from '../profile/rows';
import type { Frames } from '../profile/frames';
import { rowTop, ROW_HEIGHT, seenRows } from './geometry';
import { clip, fitLabel } from './labels';
import { dashed, hatch, outline } from './marks';
import { RectBatch, type Surface } from './rect-batch';
import type { Scene } from './scene';
import { Spans, spansOf } from './spans';

const LABEL_WIDTH_MIN = 24; // CSS pixels of a bar that gets a label
const LABEL_PADDING = 4;
const MARK_WIDTH_MIN = 4; // CSS pixels of a bar that is hatched or outlined

interface Bar {
  readonly node: number;
  readonly x0: number;
  readonly x1: number;
  readonly top: number;
}

/** Draws the visible rows. Device pixels throughout, so that edges are sharp at every ratio. */
export function paint(surface: Surface, scene: Scene): void {
  const { geometry, ratio } = scene;
  const { first, last } = seenRows(geometry);
  surface.fillStyle = scene.theme.background;
  surface.fillRect(0, 0, Math.ceil(geometry.width * ratio), Math.ceil(geometry.height * ratio));
  const batch = new RectBatch(Math.max(1, Math.round(ROW_HEIGHT * ratio) - Math.max(1, Math.round(ratio))));
  const spans = new Spans();
  const bars: Bar[] = [];
  for (let depth = first; depth <= last; depth++) {
    spansOf(scene.frames, depth, scene.view, geometry.width, scene.moving ? 2 : 1, spans);
    addRow(scene, depth, spans, batch, bars);
  }
  batch.flush(surface, fillsOf(scene));
  if (scene.moving) return;
  for (const bar of bars) markBar(surface, scene, bar);
  paintLabels(surface, scene, bars);
  if (scene.frames.folded.size > 0) for (const bar of bars) paintFolded(surface, scene, bar);
}

/** Fill styles by index: ticks, ticks with a hit, then per class the plain and the faded one. */
function fillsOf({ theme, colors, hits }: Scene): string[] {
  const fills = hits === null ? [theme.tick, theme.tick] : [theme.folded, theme.accent];
  for (const swatch of colors.swatches) fills.push(swatch.fill, swatch.faded);
  return fills;
}

function addRow(scene: Scene, depth: number, spans: Spans, batch: RectBatch, bars: Bar[]): void {
  const { frames, hits, ratio, geometry, colors } = scene;
  const row = frames.rows[depth];
  const top = rowTop(geometry, depth);
  const y = Math.round(top * ratio);
  const widest = Math.ceil(geometry.width * ratio);
  const barMin = LABEL_WIDTH_MIN / 4;
  for (let i = 0; i < spans.count; i++) {
    const from = spans.from[i];
    const node = row[from];
    const x0 = Math.max(-2, Math.round(spans.x0[i] * ratio));
    const x1 = Math.min(widest + 2, Math.round(spans.x1[i] * ratio));
    // One device pixel stays free between bars that are wide enough to spare it.
    const width = Math.max(1, x1 - x0 - (x1 - x0 > 2 ? 1 : 0));
    if (spans.to[i] - from > 1 || spans.x1[i] - spans.x0[i] < 1) {
      batch.add(hits !== null && anyHit(hits, row, from, spans.to[i]) ? 1 : 0, x0, y, width);
      continue;
    }
    batch.add(2 + 2 * colors.classOf[node] + (hits !== null && hits[node] === 0 ? 1 : 0), x0, y, width);
    if (spans.x1[i] - spans.x0[i] >= barMin) bars.push({ node, x0: spans.x0[i], x1: spans.x1[i], top });
  }
}

function anyHit(hits: Uint8Array, row: Uint32Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (hits[row[i]] !== 0) return true;
  return false;
}

/** What only one side has must not be told by colour alone: hatched = only right, outlined = only left. */
function markBar(surface: Surface, scene: Scene, bar: Bar): void {
  if (scene.frames.sides === null || bar.x1 - bar.x0 < MARK_WIDTH_MIN) return;
  const change = changeOf(scene.frames, bar.node);
  const ink = scene.colors.swatches[scene.colors.classOf[bar.node]].ink;
  if (change === 1) hatch(surface, scene, bar, ink);
  else if (change === -1) outline(surface, scene, bar, ink);
}

function paintLabels(surface: Surface, scene: Scene, bars: readonly Bar[]): void {
  const { font, ratio, colors, hits } = scene;
  surface.font = `${font.size * ratio}px ${font.family}`;
  surface.textBaseline = 'middle';
  for (const bar of bars) {
    const left = Math.max(0, bar.x0) + LABEL_PADDING;
    const room = Math.min(bar.x1, scene.geometry.width) - left - LABEL_PADDING + 1;
    if (room < LABEL_WIDTH_MIN - 2 * LABEL_PADDING) continue;
    const label = fitLabel(scene.frames, bar.node, Math.floor(room / font.advance), glyph(scene.frames, bar.node));
    if (label === null) continue;
    const swatch = colors.swatches[colors.classOf[bar.node]];
    const faded = hits !== null && hits[bar.node] === 0;
    const x = Math.round(left * ratio);
    const y = Math.round((bar.top + ROW_HEIGHT / 2) * ratio);
    const wide = !isPlain(label.dim + label.text);
    if (wide) clipTo(surface, scene, bar);
    const dimWidth = wide ? surface.measureText(label.dim).width : label.dim.length * font.advance * ratio;
    surface.fillStyle = faded ? swatch.fadedInk : swatch.dim;
    if (label.dim !== '') surface.fillText(label.dim, x, y);
    surface.fillStyle = faded ? swatch.fadedInk : swatch.ink;
    surface.fillText(label.text, x + dimWidth, y);
    if (wide) surface.restore();
  }
}

/** Where all characters have the width of the font; others may be wider and are clipped. */
function isPlain(text: string): boolean {
  return /^[\x20-\x7e…▲▼λ]*$/.test(text);
}

function clipTo(surface: Surface, { ratio }: Scene, bar: Bar): void {
  surface.save();
  surface.beginPath();
  surface.rect(bar.x0 * ratio, bar.top * ratio, (bar.x1 - bar.x0 - 2) * ratio, ROW_HEIGHT * ratio);
  surface.clip();
}

/** Direction of a change of 10 % and more as a glyph. */
function glyph(frames: Frames, node: number): string {
  const change = changeOf(frames, node);
  return change > 0.05 ? '▲ ' : change < -0.05 ? '▼ ' : '';
}

/** The part of a node that the server folded: in the row below, between the node's children and its self. */
function paintFolded(surface: Surface, scene: Scene, bar: Bar): void {
  const { frames, geometry, view, ratio, font } = scene;
  const folded = frames.folded.get(bar.node);
  if (folded === undefined) return;
  const extent = foldedExtent(frames, bar.node);
  const scale = geometry.width / (view.right - view.left);
  const x0 = (extent.left - view.left) * scale;
  const x1 = Math.min((extent.right - view.left) * scale, geometry.width + 2);
  const top = rowTop(geometry, frames.depth[bar.node] + 1);
  if (x1 - x0 < 2 || top <= -ROW_HEIGHT || top >= geometry.height) return;
  dashed(surface, scene, { x0, x1, top });
  const left = Math.max(0, x0) + LABEL_PADDING;
  const label = clip(`${folded} folded`, Math.floor((x1 - left - LABEL_PADDING) / font.advance));
  if (label === null || x1 - left < LABEL_WIDTH_MIN) return;
  surface.fillStyle = scene.theme.weakInk;
  surface.fillText(label, Math.round(left * ratio), Math.round((top + ROW_HEIGHT / 2) * ratio));
}
