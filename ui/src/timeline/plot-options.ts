import uPlot from 'uplot';
import { axisTicks } from '../profile/axis-ticks';
import type { TimeRange } from '../profile/time';
import { isValue, type Column } from '../profile/timeline';
import { formatRate, formatValue } from '../profile/units';
import type { TimelineModel, TimelineSeries } from './model';
import { GUTTER } from './gutter';
import { timeLabels } from './time-labels';

export interface PlotStyle {
  /** The colour of a role, `var(--a)`, as a canvas takes it. */
  resolve(color: string): string;
  readonly ink: string;
  readonly line: string;
  readonly font: string;
}

/** Values as uPlot takes them: null breaks a line. */
export function plotData({ steps, series }: TimelineModel): uPlot.AlignedData {
  const times = Float64Array.from({ length: steps.count }, (_, i) => steps.first + i * steps.step - steps.step / 2);
  const nulls = (column: Column): (number | null)[] => Array.from(column, (value) => (isValue(value) ? value : null));
  return [times, ...series.flatMap(({ column, ghost }) => (ghost ? [nulls(ghost), nulls(column)] : [nulls(column)]))];
}

export function plotOptions(
  model: TimelineModel,
  hidden: ReadonlySet<string>,
  window: TimeRange,
  size: { readonly width: number; readonly height: number },
  zone: string,
  style: PlotStyle,
): uPlot.Options {
  const shown = model.series.filter((s) => !hidden.has(s.title));
  const greatest = Math.max(0, ...shown.flatMap(({ column, ghost }) => [...column, ...(ghost ?? [])]).filter(isValue));
  const top = greatest === 0 ? 1 : greatest * 1.06;
  const ticks = axisTicks(greatest, size.height > 140 ? 4 : 2, model.unit === 'bytes').filter((tick) => tick <= top);
  const axis = { stroke: style.ink, font: style.font, grid: { stroke: style.line, width: 1 }, ticks: { show: false } };
  return {
    ...size,
    ms: 1,
    padding: [GUTTER.top, GUTTER.right, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    tzDate: (time) => uPlot.tzDate(new Date(time), zone),
    scales: { x: { range: [window.from, window.until] }, y: { range: [0, top] } },
    axes: [
      {
        ...axis,
        size: GUTTER.bottom,
        space: 84,
        gap: 4,
        values: (plot, times, __, ___, step) => fitting(plot, times, timeLabels(times, step, zone)),
      },
      {
        ...axis,
        size: GUTTER.left,
        gap: 6,
        splits: () => [...ticks],
        values: (_, values) => values.map((value) => tickLabel(value, model)),
      },
    ],
    series: [{}, ...model.series.flatMap((s) => plotSeries(s, style.resolve(s.color), shown.length === 1, !hidden.has(s.title)))],
  };
}

/** The label at the right end would be cut off. */
function fitting(plot: uPlot, times: readonly number[], labels: readonly string[]): string[] {
  const room = plot.width - GUTTER.left - 8;
  return labels.map((label, i) => (plot.valToPos(times[i], 'x') + label.length * 3.5 > room ? '' : label));
}

function plotSeries({ ghost }: TimelineSeries, color: string, isOnly: boolean, show: boolean): readonly uPlot.Series[] {
  const line: uPlot.Series = { show, stroke: color, width: 1.5, points: { show: true, size: 4, fill: color, filter: loneIndexes } };
  const filled: uPlot.Series = isOnly ? { ...line, fill: `${color}1c` } : line;
  return ghost ? [{ show, stroke: `${color}b0`, width: 1, dash: [4, 4], points: { show: false } }, filled] : [filled];
}

/** Points between two gaps: no line shows them. */
const loneIndexes: uPlot.Series.Points.Filter = (plot, seriesIdx) => {
  const values = plot.data[seriesIdx];
  const lone: number[] = [];
  values.forEach((value, i) => {
    if (value != null && values[i - 1] == null && values[i + 1] == null) lone.push(i);
  });
  return lone;
};

/** Cores stand without their unit, which the title names; others carry it, since it changes with their size. */
function tickLabel(value: number, { unit, isGauge }: TimelineModel): string {
  if (value === 0) return '0';
  const text = isGauge ? formatValue(value, unit) : formatRate(value, unit).replace(/ ?cores?$|\/s$/, '');
  return text.replace(/(\.\d*?)0+(?=\D|$)/, '$1').replace(/\.(?=\D|$)/, '');
}
