import { partsOf } from '../../profile/packages';

/** A node as it is drawn: larger the more of the cost is its own. Lengths in pixels of the drawing. */
export interface NodeBox {
  readonly label: string;
  readonly fontSize: number;
  readonly width: number;
  readonly height: number;
  /** 0 to 1: self as a share of the largest self. */
  readonly heat: number;
}

const FONT_MIN = 11;
const FONT_MAX = 18;
/** Width of a character of the monospaced font, as a part of its size. */
const ADVANCE = 0.6;
const LABEL_MAX = 34;
const PADDING = 10;

export function nodeBox(name: string, self: number, largestSelf: number, numbers: string): NodeBox {
  const heat = largestSelf > 0 ? self / largestSelf : 0;
  // By the root of the share: an area that is four times as large reads as four times as much.
  const fontSize = Math.round(FONT_MIN + (FONT_MAX - FONT_MIN) * Math.sqrt(heat));
  const label = shortName(name);
  const width = Math.max(label.length * fontSize, numbers.length * FONT_MIN) * ADVANCE + 2 * PADDING;
  return { label, fontSize, heat, width: Math.ceil(width), height: fontSize + FONT_MIN + 22 };
}

/** The function without its package, cut where it is still long. */
function shortName(name: string): string {
  const own = name.slice(partsOf(name).functionAt) || name;
  return own.length > LABEL_MAX ? `${own.slice(0, LABEL_MAX - 1)}…` : own;
}
