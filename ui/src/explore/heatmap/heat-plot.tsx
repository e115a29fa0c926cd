import { useState, type KeyboardEvent } from 'react';
import { boxOfCells, countAt, type HeatBox, type HeatGrid } from '../../profile/heatmap';
import type { TimeRange } from '../../profile/time';
import { stepAt } from '../../profile/timeline';
import { formatValue } from '../../profile/units';
import { stepTitle } from '../../timeline/format';
import { HeatAxes } from './heat-axes';
import { HeatCanvas } from './heat-canvas';
import { useBoxDrag, type Point } from './use-box-drag';

interface Cell {
  readonly x: number;
  readonly y: number;
}

export interface HeatPlotProps {
  readonly grid: HeatGrid;
  readonly window: TimeRange;
  readonly zone: string;
  readonly unit: string;
  /** What is counted, in plural: `profiles`. */
  readonly noun: string;
  readonly box: HeatBox | null;
  readonly onBox: (box: HeatBox | null) => void;
  readonly onRange: (range: TimeRange) => void;
}

/** Cells over time and value: pointing reads one out, dragging draws a box, with Shift it selects the time. Keys can do the same. */
export function HeatPlot({ grid, window, zone, unit, noun, box, onBox, onRange }: HeatPlotProps) {
  const { steps, buckets } = grid;
  const [cursor, setCursor] = useState<Cell | null>(null);
  const [anchor, setAnchor] = useState<Cell | null>(null);
  const cellAt = ({ x, y }: Point): Cell => ({
    x: stepAt(steps, window.from + x * (window.until - window.from)),
    y: Math.min(buckets - 1, Math.floor(y * buckets)),
  });
  const apply = (drawn: HeatBox, isTime: boolean): void => {
    setAnchor(null);
    if (isTime) onRange({ from: drawn.from, until: drawn.until });
    else onBox(drawn);
  };
  const { drag, handlers } = useBoxDrag(
    (at) => setCursor(cellAt(at)),
    ({ one, other, isTime }) => apply(boxOfCells(grid, cellAt(one), cellAt(other)), isTime),
  );
  const draft = drag ? boxOfCells(grid, cellAt(drag.one), cellAt(drag.other)) : anchor && cursor ? boxOfCells(grid, anchor, cursor) : null;
  const pressed = (event: KeyboardEvent): void => {
    const from = cursor ?? { x: steps.count - 1, y: 0 };
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1], PageUp: [-10, 0], PageDown: [10, 0] }[
      event.key
    ];
    if (move) {
      setAnchor(event.shiftKey ? (anchor ?? from) : null);
      const next = { x: from.x + move[0], y: from.y + move[1] };
      setCursor({ x: Math.max(0, Math.min(steps.count - 1, next.x)), y: Math.max(0, Math.min(buckets - 1, next.y)) });
    } else if (event.key === 'Enter' && cursor) apply(boxOfCells(grid, anchor ?? cursor, cursor), event.shiftKey);
    else if (event.key === 'Escape' && anchor) setAnchor(null);
    else if (event.key === 'Escape' && box) onBox(null);
    else return;
    event.preventDefault();
  };
  const readout = cursor ? readoutOf(grid, cursor, zone, unit, noun) : '';
  return (
    <div className="heat-plot">
      <HeatAxes grid={grid} window={window} zone={zone} unit={unit} />
      <div className="heat-area">
        <HeatCanvas grid={grid} window={window} />
        {box ? <BoxMark grid={grid} window={window} box={box} kind="chosen" /> : null}
        {draft ? <BoxMark grid={grid} window={window} box={draft} kind={drag?.isTime ? 'time' : 'draft'} /> : null}
        {cursor ? <BoxMark grid={grid} window={window} box={boxOfCells(grid, cursor, cursor)} kind="cell" /> : null}
        <div
          className="heat-gestures"
          role="application"
          tabIndex={0}
          aria-label={`Heatmap of ${noun}: arrows move, Shift draws a box, Enter lists what is in it, Shift Enter selects its time`}
          {...handlers}
          onPointerLeave={() => setCursor(null)}
          onKeyDown={pressed}
          onBlur={() => {
            setCursor(null);
            setAnchor(null);
          }}
        />
      </div>
      <output className="heat-readout" aria-live="polite">
        {readout}
      </output>
    </div>
  );
}

function readoutOf(grid: HeatGrid, { x, y }: Cell, zone: string, unit: string, noun: string): string {
  const { low, width } = grid;
  const count = countAt(grid, x, y);
  const values = `${formatValue(low + y * width, unit)} to ${formatValue(low + (y + 1) * width, unit)}`;
  return `${stepTitle(grid.steps, x, zone)}  ·  ${values}  ·  ${count} ${count === 1 ? noun.slice(0, -1) : noun}`;
}

interface BoxMarkProps {
  readonly grid: HeatGrid;
  readonly window: TimeRange;
  readonly box: HeatBox;
  readonly kind: 'chosen' | 'draft' | 'time' | 'cell';
}

function BoxMark({ grid, window, box, kind }: BoxMarkProps) {
  const within = (part: number): number => Math.max(0, Math.min(1, part)) * 100;
  const x = (time: number): number => within((time - window.from) / (window.until - window.from));
  const y = (value: number): number => within((value - grid.low) / (grid.width * grid.buckets));
  const [left, right] = [x(box.from - 1), x(box.until)];
  const [bottom, top] = kind === 'time' ? [0, 100] : [y(box.low), y(box.high)];
  return (
    <div
      className="heat-box"
      data-kind={kind}
      style={{ left: `${left}%`, width: `${right - left}%`, bottom: `${bottom}%`, height: `${top - bottom}%` }}
    />
  );
}
