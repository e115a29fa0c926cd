import { contrast, fromHex, mixOklab, oklch, toHex, type Rgb } from './oklch';

/** Roles of the style sheet that a drawn frame depends on, as #rrggbb. */
export interface ThemeColors {
  readonly theme: 'dark' | 'light';
  readonly background: string;
  /** Both inks of labels; a bar takes the one with more contrast. */
  readonly inks: readonly [string, string];
  readonly less: string;
  readonly same: string;
  readonly more: string;
  /** Runs of narrow frames with a search hit. */
  readonly accent: string;
  /** Runs of frames too narrow to draw. */
  readonly tick: string;
  /** What the server folded, and the ink on it. */
  readonly folded: string;
  readonly weakInk: string;
}

/** One bar's colours. `dim` is the package part of its label; `faded` stands where a search does not match. */
export interface Swatch {
  readonly fill: string;
  readonly ink: string;
  readonly dim: string;
  readonly faded: string;
  readonly fadedInk: string;
}

/** The weakest ink of a label: what WCAG AA asks for text. */
const CONTRAST_MIN = 4.5;

/** Hues stand 30° apart; neighbours in rank stand five of those apart, so that big packages look least alike. */
export const HUES: readonly number[] = Array.from({ length: 12 }, (_, rank) => 15 + (((rank * 5 + 6) % 12) * 335) / 11);

export function hueFill(theme: 'dark' | 'light', hue: number): Rgb {
  return theme === 'dark' ? oklch(0.76, 0.095, hue) : oklch(0.8, 0.085, hue);
}

/** Kernel, libc and runtime; also the root, which is no function. */
export function neutralFill(theme: 'dark' | 'light'): Rgb {
  return theme === 'dark' ? oklch(0.68, 0.02, 250) : oklch(0.84, 0.012, 250);
}

export function swatch(fill: Rgb, colors: ThemeColors): Swatch {
  const ink = inkOn(fill, colors);
  const faded = mixOklab(fill, fromHex(colors.background), 0.72);
  return {
    fill: toHex(fill),
    ink: toHex(ink),
    dim: toHex(weaker(ink, fill, 0.45)),
    faded: toHex(faded),
    fadedInk: toHex(weaker(inkOn(faded, colors), faded, 0.5)),
  };
}

/** The theme's better ink; on the few fills of middle lightness where both are too weak, black or white, one of which never is. */
export function inkOn(fill: Rgb, colors: ThemeColors): Rgb {
  const ink = better(colors.inks.map(fromHex), fill);
  return contrast(ink, fill) >= CONTRAST_MIN ? ink : better([BLACK, WHITE], fill);
}

function better(inks: readonly Rgb[], fill: Rgb): Rgb {
  return inks.reduce((best, ink) => (contrast(ink, fill) > contrast(best, fill) ? ink : best));
}

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [1, 1, 1];

/** `ink` moved towards the fill by up to `most` of the way, as far as it stays readable. */
function weaker(ink: Rgb, fill: Rgb, most: number): Rgb {
  for (let t = most; t > 0; t -= 0.05) {
    const mixed = mixOklab(ink, fill, t);
    if (contrast(mixed, fill) >= CONTRAST_MIN) return mixed;
  }
  return ink;
}

/** Steps of change from −1 (only on the left side) over 0 to 1 (only on the right): an odd number, so that "same" has its own. */
export const CHANGE_STEPS = 33;

export function changeFill(step: number, colors: ThemeColors): Rgb {
  const middle = (CHANGE_STEPS - 1) / 2;
  const end = step < middle ? colors.less : colors.more;
  return mixOklab(fromHex(colors.same), fromHex(end), Math.abs(step - middle) / middle);
}

/** Steps of self share: 0 = next to nothing ends here, the last = a tenth of the view or more. */
export const SELF_STEPS = 13;

export function selfFill(step: number, colors: ThemeColors): Rgb {
  return mixOklab(neutralFill(colors.theme), fromHex(colors.more), step / (SELF_STEPS - 1));
}
