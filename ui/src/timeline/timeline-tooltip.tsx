import { stepTitle, valueTitle } from './format';
import type { TimelineModel } from './model';

export interface TimelineTooltipProps {
  readonly model: TimelineModel;
  readonly hidden: ReadonlySet<string>;
  /** Index of a step. */
  readonly at: number;
  /** Where it stands, 0 to 1 of the width. */
  readonly position: number;
  readonly zone: string;
}

/** All series at one step, the largest first. */
export function TimelineTooltip({ model, hidden, at, position, zone }: TimelineTooltipProps) {
  const rows = model.series
    .filter((s) => !hidden.has(s.title))
    .toSorted((a, b) => (Number.isNaN(b.column[at]) ? -1 : b.column[at]) - (Number.isNaN(a.column[at]) ? -1 : a.column[at]));
  return (
    <div className="timeline-tooltip" data-side={position > 0.6 ? 'left' : 'right'} style={{ left: `${position * 100}%` }}>
      <div className="timeline-tooltip-time">{stepTitle(model.steps, at, zone)}</div>
      {rows.map((series) => (
        <div key={series.title} className="timeline-tooltip-row">
          <span className="timeline-swatch" style={{ background: series.color }} />
          <span className="timeline-tooltip-name">{series.title}</span>
          <span className="num">{valueTitle(series.column[at], model)}</span>
          {series.ghost ? <span className="num unit">{valueTitle(series.ghost[at], model)}</span> : null}
        </div>
      ))}
    </div>
  );
}
