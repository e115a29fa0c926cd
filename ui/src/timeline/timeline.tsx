import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import type { Target } from '../api/selection';
import { usePreferences } from '../app/preferences';
import { useTheme } from '../app/theme';
import { isGauge, parseProfileType, titleOf } from '../profile/profile-type';
import { zoneOf, type Millis } from '../profile/time';
import { isTime } from '../profile/units';
import { Failure, Pane } from '../ui/states';
import type { Span } from '../url/param';
import type { Ghost } from './ghost';
import { RangeChip } from './range-chip';
import { seriesColors } from './series-colors';
import { TimelineLayer } from './timeline-layer';
import { TimelineLegend } from './timeline-legend';
import './timeline.css';
import { useTimeline } from './use-timeline';

const TimelineChart = lazy(() => import('./timeline-chart'));

export interface TimelineProps {
  readonly target: Target;
  /** Label whose values are drawn apart; empty: all as one. */
  readonly groupBy: string;
  readonly ghost: Ghost;
  /** The part of the window that stacks are asked of. */
  readonly range: Span | null;
  readonly onRange: (range: Span | null) => void;
  readonly onWindow: (from: Millis, until: Millis) => void;
  /** Pixels, with the legend. */
  readonly height: number;
  /** The side of a comparison that it belongs to. */
  readonly color?: 'a' | 'b';
  /** More tools, at the right of the legend. */
  readonly children?: ReactNode;
}

/** How much of a selection there was when, and which part of it counts. */
export function Timeline(props: TimelineProps) {
  // Another type has another unit: nothing of the one before may stay.
  return <TimelineOfType key={props.target.type} {...props} />;
}

const SHOW_ALL: ReadonlySet<string> = new Set();

function TimelineOfType({ target, groupBy, ghost, range, onRange, onWindow, height, color, children }: TimelineProps) {
  const theme = useTheme();
  const zone = zoneOf(usePreferences((p) => p.timeZone));
  const colors = useMemo(() => {
    const series = seriesColors(theme);
    return { series: color && groupBy === '' ? [`var(--${color})`] : series, other: 'var(--text-3)' };
  }, [theme, color, groupBy]);
  // Two of them stand on a comparison: people who cannot see have to tell them apart.
  const of = color ? ` of ${color.toUpperCase()}` : '';
  const { model, isBusy, error, retry } = useTimeline(target, groupBy, ghost, colors);
  const [cursor, setCursor] = useState<number | null>(null);
  const [hidden, setHidden] = useState(SHOW_ALL);
  const window = target.window;
  return (
    <section className="timeline" data-color={color} style={{ height }} aria-label={`Timeline${of}`}>
      <TimelineLegend title={titleOfAxis(target.type)} model={model} hidden={hidden} onHidden={setHidden} cursor={cursor}>
        {range ? <RangeChip range={range} window={window} zone={zone} onRange={onRange} onWindow={onWindow} /> : null}
        {children}
      </TimelineLegend>
      {error ? (
        <Failure error={error} retry={retry} />
      ) : (
        <Pane busy={isBusy} label={`Values over time${of}`} className="timeline-plot">
          {model === null ? null : (
            <>
              <Suspense>
                <TimelineChart model={model} hidden={hidden} window={window} zone={zone} theme={theme} />
              </Suspense>
              {model.series.length === 0 ? <p className="timeline-empty">Nothing matches in this window.</p> : null}
              <TimelineLayer
                model={model}
                hidden={hidden}
                window={window}
                zone={zone}
                range={range}
                onRange={onRange}
                onWindow={onWindow}
                cursor={cursor}
                onCursor={setCursor}
              />
            </>
          )}
        </Pane>
      )}
    </section>
  );
}

/** `CPU, cores`: what is counted, and in what the axis counts it. */
function titleOfAxis(id: string): string {
  const type = parseProfileType(id);
  const { family, measure } = titleOf(type);
  if (isGauge(type)) return `${family} ${measure}`;
  if (!isTime(type.sampleUnit)) return `${family} ${measure} per second`;
  return type.name === 'process_cpu' ? `${family}, cores` : `${family} ${measure}, cores`;
}
