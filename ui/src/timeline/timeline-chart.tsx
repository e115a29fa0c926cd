import { memo, useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Theme } from '../app/theme';
import type { TimeRange } from '../profile/time';
import type { TimelineModel } from './model';
import { plotData, plotOptions } from './plot-options';

export interface TimelineChartProps {
  readonly model: TimelineModel;
  /** Titles of series that are not drawn. */
  readonly hidden: ReadonlySet<string>;
  readonly window: TimeRange;
  readonly zone: string;
  readonly theme: Theme;
}

/** The lines and their axes. What one points at and selects is a layer above. */
function TimelineChart({ model, hidden, window, zone, theme }: TimelineChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const size = useSize(place);
  useEffect(() => {
    const element = place.current;
    if (!element || size === null) return;
    const style = getComputedStyle(element);
    const role = (name: string): string => style.getPropertyValue(name).trim();
    const options = plotOptions(model, hidden, window, size, zone, {
      resolve: (color) => (color.startsWith('var(') ? role(color.slice(4, -1)) : color),
      ink: role('--text-2'),
      line: role('--line'),
      font: `11px ${role('--mono')}`,
    });
    const plot = new uPlot(options, plotData(model), element);
    return () => plot.destroy();
    // The roles' colours change with the theme.
  }, [model, hidden, window, size, zone, theme]);
  return <div ref={place} className="timeline-chart" aria-hidden="true" />;
}

export default memo(TimelineChart);

interface Size {
  readonly width: number;
  readonly height: number;
}

function useSize(element: React.RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      const [width, height] = [Math.floor(entry.contentRect.width), Math.floor(entry.contentRect.height)];
      setSize(width > 0 && height > 0 ? { width, height } : null);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
