import type { ReactNode } from 'react';
import { valueTitle } from './format';
import type { TimelineModel, TimelineSeries } from './model';

export interface TimelineLegendProps {
  readonly title: string;
  readonly model: TimelineModel | null;
  readonly hidden: ReadonlySet<string>;
  readonly onHidden: (hidden: ReadonlySet<string>) => void;
  /** Step whose values are shown; null: means over the window. */
  readonly cursor: number | null;
  /** Tools at the right. */
  readonly children?: ReactNode;
}

/** Series with their values. A click hides or shows one, with Ctrl or Alt it shows that one only, or all again. */
export function TimelineLegend({ title, model, hidden, onHidden, cursor, children }: TimelineLegendProps) {
  const series = model?.series ?? [];
  const toggle = (one: TimelineSeries, only: boolean): void => {
    const others = series.filter((s) => s !== one).map((s) => s.title);
    if (only) onHidden(new Set(others.every((other) => hidden.has(other)) ? [] : others));
    else if (hidden.has(one.title)) onHidden(new Set([...hidden].filter((t) => t !== one.title)));
    else onHidden(new Set([...hidden, one.title]));
  };
  return (
    <header className="timeline-legend">
      <h2 className="timeline-title">{title}</h2>
      <span className="timeline-left">{series.length === 0 ? '' : cursor === null ? 'mean' : 'here'}</span>
      <ul className="timeline-series" aria-label="Series">
        {series.map((one) => (
          <li key={one.title}>
            <button
              type="button"
              aria-pressed={!hidden.has(one.title)}
              title="Click: hide or show. Ctrl or Alt click: only this."
              onClick={(event) => toggle(one, event.ctrlKey || event.altKey || event.metaKey)}
            >
              <span className="timeline-swatch" style={{ background: one.color }} />
              {one.title}
              <span className="num">{model ? legendValue(cursor === null ? one.mean : (one.column[cursor] ?? NaN), model) : null}</span>
            </button>
          </li>
        ))}
        {model && model.left > 0 ? <li className="timeline-left">{model.left} more are not drawn: means do not add up</li> : null}
      </ul>
      <div className="timeline-tools">{children}</div>
    </header>
  );
}

/** The title names cores; other units change with the size of the value. */
function legendValue(value: number, model: TimelineModel): string {
  return valueTitle(value, model).replace(/ cores?$/, '');
}
