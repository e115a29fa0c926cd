import { colorTable, type ColorBy } from '../profile/color-classes';
import type { Frames } from '../profile/frames';
import { ROW_HEIGHT, type Direction } from './geometry';
import { paint } from './paint';
import { rowsWithin } from './spans';
import { labelFont, themeColors } from './theme-colors';
import { viewOf } from './viewport';

export interface PngOptions {
  readonly zoom: number;
  readonly colorBy: ColorBy;
  readonly direction: Direction;
  readonly theme: 'dark' | 'light';
  readonly hits: Uint8Array | null;
  /** CSS pixels; the picture has `ratio` times as many. */
  readonly width: number;
  readonly ratio: number;
}

/** Pixels of a side that browsers can still draw. */
const SIDE_MAX = 16_384;

/** A picture of all rows of the zoomed frame, not only of those that are scrolled to. `element` is where colours and font are in force. */
export async function toPng(frames: Frames, element: Element, options: PngOptions): Promise<Blob> {
  const view = viewOf(frames, options.zoom);
  const rows = rowsWithin(frames, view);
  const ratio = Math.min(options.ratio, SIDE_MAX / options.width, SIDE_MAX / (rows * ROW_HEIGHT));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(options.width * ratio);
  canvas.height = Math.round(rows * ROW_HEIGHT * ratio);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('This browser gives no canvas to draw the picture on.');
  const theme = themeColors(element, options.theme);
  paint(context, {
    frames,
    view,
    geometry: { direction: options.direction, rows, scrollTop: 0, width: options.width, height: rows * ROW_HEIGHT },
    colors: colorTable(frames, options.colorBy, theme),
    theme,
    hits: options.hits,
    font: labelFont(element, context),
    ratio,
    moving: false,
  });
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('The browser made no picture.')) : resolve(blob)), 'image/png');
  });
}
