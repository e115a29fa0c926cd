import { useState, type KeyboardEvent } from 'react';
import type { Millis, TimeRange } from '../profile/time';
import { edgeOf, spanOf, stepAt } from '../profile/timeline';
import type { Span } from '../url/param';
import { spanTitle, stepTitle, valueTitle } from './format';
import { GUTTER } from './gutter';
import type { TimelineModel } from './model';
import { RangeEdges } from './range-edges';
import { TimelineMarks } from './timeline-marks';
import { TimelineTooltip } from './timeline-tooltip';
import { useDrag } from './use-drag';

export interface TimelineLayerProps {
  readonly model: TimelineModel;
  readonly hidden: ReadonlySet<string>;
  readonly window: TimeRange;
  readonly zone: string;
  readonly range: Span | null;
  readonly onRange: (range: Span | null) => void;
  readonly onWindow: (from: Millis, until: Millis) => void;
  /** Index of a step; null: nothing is pointed at. */
  readonly cursor: number | null;
  readonly onCursor: (cursor: number | null) => void;
}

/** Everything above the lines: what is pointed at, selected and marked. Pointer and keys can do the same. */
export function TimelineLayer({ model, hidden, window, zone, range, onRange, onWindow, cursor, onCursor }: TimelineLayerProps) {
  const { steps, fine } = model;
  const [anchor, setAnchor] = useState<number | null>(null);
  const length = window.until - window.from;
  const timeAt = (fraction: number): Millis => window.from + fraction * length;
  const place = (time: Millis): number => Math.max(0, Math.min(1, (time - window.from) / length));
  const apply = (span: TimeRange, zooms: boolean): void => {
    setAnchor(null);
    // Windows need not end on steps, and read better from edge to edge.
    if (zooms) onWindow(span.from - 1, span.until);
    else onRange(span);
  };
  const { drag, handlers } = useDrag(
    (at) => onCursor(stepAt(steps, timeAt(at))),
    ({ from, until, zooms }) => apply(spanOf(fine, stepAt(fine, timeAt(from)), stepAt(fine, timeAt(until))), zooms),
  );
  const picked = anchor === null || cursor === null ? null : spanOf(steps, anchor, cursor);
  const dragged = drag && { from: timeAt(drag.from), until: timeAt(drag.until) };
  const draft = dragged ?? picked;

  const pressed = (event: KeyboardEvent): void => {
    const last = steps.count - 1;
    const from = cursor ?? last;
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, PageUp: from - 10, PageDown: from + 10, Home: 0, End: last }[event.key];
    if (to !== undefined) {
      if (event.shiftKey) setAnchor(anchor ?? from);
      else setAnchor(null);
      onCursor(Math.max(0, Math.min(last, to)));
    } else if (event.key === 'Enter' && cursor !== null) apply(picked ?? spanOf(steps, cursor, cursor), event.shiftKey);
    else if (event.key === 'Escape' && anchor !== null) setAnchor(null);
    else if (event.key === 'Escape' && range !== null) onRange(null);
    else return;
    event.preventDefault();
  };
  const at = cursor === null ? null : Math.min(cursor, steps.count - 1);
  const position = at === null ? 0 : place(edgeOf(steps, at) - steps.step / 2);
  return (
    <div className="timeline-layer" style={{ inset: `${GUTTER.top}px ${GUTTER.right}px ${GUTTER.bottom}px ${GUTTER.left}px` }}>
      <TimelineMarks model={model} window={window} />
      {draft ? (
        <div
          className="timeline-range"
          data-zooms={drag?.zooms ?? false}
          style={{ left: `${place(draft.from) * 100}%`, width: `${(place(draft.until) - place(draft.from)) * 100}%` }}
        />
      ) : null}
      <div
        className="timeline-gestures"
        role="slider"
        tabIndex={0}
        aria-label="Timeline: arrows move, Shift selects, Enter applies, Shift Enter zooms"
        aria-valuemin={0}
        aria-valuemax={Math.max(0, steps.count - 1)}
        aria-valuenow={at ?? 0}
        aria-valuetext={at === null ? 'nothing pointed at' : spoken(model, at, picked, zone)}
        {...handlers}
        onPointerLeave={() => onCursor(null)}
        onDoubleClick={() => onRange(null)}
        onKeyDown={pressed}
        onBlur={() => {
          setAnchor(null);
          onCursor(null);
        }}
      />
      {range ? <RangeEdges range={range} window={window} steps={fine} zone={zone} onRange={onRange} /> : null}
      {at === null ? null : (
        <>
          <div className="timeline-cursor" style={{ left: `${position * 100}%` }} />
          <TimelineTooltip model={model} hidden={hidden} at={at} position={position} zone={zone} />
        </>
      )}
    </div>
  );
}

function spoken(model: TimelineModel, at: number, picked: TimeRange | null, zone: string): string {
  const values = model.series.map((s) => `${s.title} ${valueTitle(s.column[at], model)}`).join(', ');
  const selected = picked ? `; selected ${spanTitle(picked.from - 1, picked.until, zone)}` : '';
  return `${stepTitle(model.steps, at, zone)}: ${values}${selected}`;
}
