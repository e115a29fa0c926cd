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
  /** `± 12.1 ms`, in the measure of `delta`; a dash where it is not known. */
  readonly noise: string;
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
    noise: formatNoise(fn[sort].noise, changes, scale),
  };
}

export const GLYPHS = { up: '▲', down: '▼', same: '=' } as const;

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

/** Standard error of the change. The server gives it in parts of the total, or in value per second: beside values of a window it is that of the window. */
function formatNoise(noise: number | null, { left, right }: Changes, scale: Scale): string {
  if (noise === null) return '—';
  const isOfWindow = scale.mode === 'absolute' && Math.abs(left.seconds - right.seconds) <= 1;
  if (isOfWindow) return `± ${formatValue(noise * right.seconds, right.unit)}`;
  return scale.mode === 'share' ? `± ${(noise * 100).toFixed(2)} pp` : `± ${formatValue(noise, right.unit)}/s`;
}
