import type { ChangedFunction, Changes } from '../../api/compare';
import { formatShare, formatValue } from '../../profile/units';
import type { Scale } from '../change-mode';

/** Values of a function on both sides, and how they differ under the scale. */
export interface ChangeFigures {
  readonly left: string;
  readonly right: string;
  /** `▲ 1.28 s`, `▼ 3.1 pp`: the glyph says the direction, so colour is never the only sign. */
  readonly delta: string;
  readonly direction: 'up' | 'down' | 'same';
  /** In the scale's measure; for sorting and bars. */
  readonly change: number;
}

export function figuresOf(fn: ChangedFunction, sort: 'self' | 'total', changes: Changes, scale: Scale): ChangeFigures {
  const [left, right] = [fn.left[sort], fn.right[sort]];
  const change = right * scale.right - left * scale.left;
  const direction = change > 0 ? 'up' : change < 0 ? 'down' : 'same';
  return {
    left: formatSide(left, changes.left, scale.left, scale),
    right: formatSide(right, changes.right, scale.right, scale),
    delta: `${GLYPHS[direction]} ${formatChange(change, changes.right.unit, scale)}`,
    direction,
    change,
  };
}

export const GLYPHS = { up: '▲', down: '▼', same: '＝' } as const;

export function formatChange(change: number, unit: string, scale: Scale): string {
  const size = Math.abs(change);
  switch (scale.mode) {
    case 'share':
      return `${(size * 100).toFixed(2)} pp`;
    case 'rate':
      return `${formatValue(size, unit)}/s`;
    case 'absolute':
    case 'instance':
      return formatValue(size, unit);
  }
}

export function formatSide(value: number, side: Changes['left'], factor: number, scale: Scale): string {
  switch (scale.mode) {
    case 'share':
      return formatShare(value, side.total);
    case 'rate':
      return `${formatValue(value * factor, side.unit)}/s`;
    case 'absolute':
    case 'instance':
      return formatValue(value * factor, side.unit);
  }
}

/** Standard error of the change, as the server gives it: in parts of the total, or in value per second. */
export function formatNoise(noise: number | null, scale: Scale): string {
  if (noise === null) return '—';
  return scale.mode === 'share' ? `± ${(noise * 100).toFixed(2)} pp` : `± ${noise.toPrecision(2)}/s`;
}
