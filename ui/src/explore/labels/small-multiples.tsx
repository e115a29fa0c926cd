import { useState, type PointerEvent } from 'react';
import { usePreferences } from '../../app/preferences';
import { zoneOf } from '../../profile/time';
import { stepTitle, valueTitle } from '../../timeline/format';
import type { LabelChartProps } from './label-charts';
import { linePath } from './line-path';
import { pickLetter } from './picks';
import { valueName } from './value-name';

const SHOWN = 24;
const WIDTH = 240;
const HEIGHT = 44;

/** One small chart per value, all on one scale, and one pointer for all. */
export function SmallMultiples({ rows: { rows, steps, top }, unit, isGauge, colorOf, picks, onActive, onPick }: LabelChartProps) {
  const [at, setAt] = useState<number | null>(null);
  const zone = zoneOf(usePreferences((p) => p.timeZone));
  const shown = rows.filter((row) => row.column !== null).slice(0, SHOWN);
  const pointed = (event: PointerEvent<HTMLElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setAt(Math.max(0, Math.min(steps.count - 1, Math.round(((event.clientX - left) / width) * (steps.count - 1)))));
  };
  return (
    <div className="labels-chart multiples" onPointerLeave={() => setAt(null)}>
      <p className="multiples-note">
        {at === null ? `Each from 0 to ${valueTitle(top, { unit, isGauge })}` : stepTitle(steps, at, zone)}
        {rows.length > shown.length ? `, the ${shown.length} largest of ${rows.length}` : ''}
      </p>
      <div className="multiples-grid">
        {shown.map(({ value, column, mean }) => (
          <button
            key={value}
            type="button"
            className="multiple"
            aria-pressed={picks.includes(value)}
            data-side={pickLetter(picks, value)}
            onClick={() => onPick(value)}
            onFocus={() => onActive(value)}
            onBlur={() => onActive(null)}
            onPointerEnter={() => onActive(value)}
            onPointerLeave={() => onActive(null)}
            onPointerMove={pointed}
          >
            <span className="multiple-head">
              <span className="multiple-name">{valueName(value)}</span>
              <span className="num">{valueTitle(at === null ? mean : (column![at] ?? NaN), { unit, isGauge })}</span>
            </span>
            <svg viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`} preserveAspectRatio="none" aria-hidden="true">
              <path className="multiple-base" d={`M0 ${HEIGHT}H${WIDTH}`} />
              <path className="multiple-line" d={linePath(column!, top, WIDTH, HEIGHT)} stroke={colorOf(value)} />
              {at === null ? null : (
                <path className="multiple-cursor" d={`M${(at / Math.max(1, steps.count - 1)) * WIDTH} -2V${HEIGHT + 2}`} />
              )}
            </svg>
          </button>
        ))}
      </div>
    </div>
  );
}
