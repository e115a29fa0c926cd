import { oklch, toHex } from '../profile/oklch';
import type { Theme } from '../app/theme';

/** Blue and orange first, as two versions are drawn most often; then hues that lie far from those before. */
const HUES = [240, 60, 155, 330, 195, 95, 290, 25, 125, 265, 355, 75];

/** Colours of series: neighbours differ in lightness too, so that hue is not all that tells them apart. */
export function seriesColors(theme: Theme): readonly string[] {
  const [light, deep, chroma] = theme === 'dark' ? [0.82, 0.7, 0.13] : [0.55, 0.42, 0.13];
  return HUES.map((hue, i) => toHex(oklch(Math.floor(i / 2) % 2 === 0 ? light : deep, chroma, hue)));
}

export const SERIES_MAX = HUES.length;
