import { useState, type KeyboardEvent } from 'react';
import { pieSlices, slicePath } from '../../profile/pie';
import { formatShare, formatValue } from '../../profile/units';
import type { LabelChartProps } from './label-charts';
import { pickLetter } from './picks';
import { valueName } from './value-name';

/** Shares of the total, as a ring; what is pointed at is told within it. */
export function Pie({ rows: { rows }, unit, colorOf, picks, onActive, onPick }: LabelChartProps) {
  const [pointed, setPointed] = useState<string | null>(null);
  const slices = pieSlices(rows.map((row) => row.total));
  const total = rows.reduce((sum, row) => sum + row.total, 0);
  const told = rows.find((row) => row.value === pointed);
  const point = (value: string | null): void => {
    setPointed(value);
    onActive(value);
  };
  const pressed = (event: KeyboardEvent, value: string): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onPick(value);
  };
  return (
    <div className="labels-chart pie">
      <svg viewBox="-105 -105 210 210" role="group" aria-label="Shares of the total">
        {rows.map(({ value, share }, i) => (
          <path
            key={value}
            className="pie-slice"
            role="button"
            tabIndex={0}
            aria-pressed={picks.includes(value)}
            aria-label={`${valueName(value)} ${formatShare(share, 1)}`}
            data-side={pickLetter(picks, value)}
            d={slicePath(slices[i], 58, 100)}
            fill={colorOf(value)}
            onClick={() => onPick(value)}
            onKeyDown={(event) => pressed(event, value)}
            onFocus={() => point(value)}
            onBlur={() => point(null)}
            onPointerEnter={() => point(value)}
            onPointerLeave={() => point(null)}
          />
        ))}
        <text className="pie-value" y="-4">
          {formatValue(told?.total ?? total, unit)}
        </text>
        <text className="pie-name" y="14">
          {told ? shortened(valueName(told.value)) : 'total'}
        </text>
        <text className="pie-name" y="28">
          {told ? formatShare(told.share, 1) : ''}
        </text>
      </svg>
    </div>
  );
}

/** What fits into the ring. */
function shortened(name: string): string {
  return name.length > 18 ? `${name.slice(0, 17)}…` : name;
}
