import type { ColorTable } from '../profile/color-classes';
import type { ThemeColors } from '../profile/colors';
import type { Frames } from '../profile/frames';
import type { Geometry } from './geometry';
import type { Viewport } from './viewport';

/** All that a picture depends on. */
export interface Scene {
  readonly frames: Frames;
  readonly view: Viewport;
  readonly geometry: Geometry;
  readonly colors: ColorTable;
  readonly theme: ThemeColors;
  /** Per node 1 = matches the search; others are faded. Null where nothing is searched. */
  readonly hits: Uint8Array | null;
  readonly font: LabelFont;
  /** Device pixels per CSS pixel of the canvas. */
  readonly ratio: number;
  /** While the picture moves: no labels, and neighbours merge below 2 px instead of 1. */
  readonly moving: boolean;
}

export interface LabelFont {
  readonly family: string;
  /** CSS pixels. */
  readonly size: number;
  /** Width of one character in CSS pixels; the font is monospaced. */
  readonly advance: number;
}
