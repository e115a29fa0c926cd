import { squarify } from '../../profile/squarify';
import { formatShare, formatValue } from '../../profile/units';
import type { LabelChartProps } from './label-charts';
import { pickLetter } from './picks';
import { NEUTRAL, valueName } from './value-name';

/** Areas in proportion to totals. Laid out in percent of a 3 to 2 box, so that it needs not be measured. */
export function Treemap({ rows: { rows }, unit, colorOf, picks, onActive, onPick }: LabelChartProps) {
  const shown = rows.filter((row) => row.total > 0).toSorted((a, b) => b.total - a.total);
  const rects = squarify(
    shown.map((row) => row.total),
    { x: 0, y: 0, width: 150, height: 100 },
  );
  return (
    <div className="labels-chart treemap">
      {shown.map(({ value, total, share }, i) => {
        const { x, y, width, height } = rects[i];
        return (
          <button
            key={value}
            type="button"
            className="treemap-cell"
            aria-pressed={picks.includes(value)}
            data-side={pickLetter(picks, value)}
            title={`${valueName(value)}: ${formatValue(total, unit)}, ${formatShare(share, 1)}`}
            style={{
              left: `${x / 1.5}%`,
              top: `${y}%`,
              width: `${width / 1.5}%`,
              height: `${height}%`,
              background: colorOf(value),
              color: colorOf(value) === NEUTRAL ? 'var(--text-1)' : 'var(--on-accent)',
            }}
            onClick={() => onPick(value)}
            onFocus={() => onActive(value)}
            onBlur={() => onActive(null)}
            onPointerEnter={() => onActive(value)}
            onPointerLeave={() => onActive(null)}
          >
            <span>{valueName(value)}</span>
            <span>{formatShare(share, 1)}</span>
          </button>
        );
      })}
    </div>
  );
}
