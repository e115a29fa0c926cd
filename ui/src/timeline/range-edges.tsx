import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { TimeRange } from '../profile/time';
import { edgeOf, stepAt, type Steps } from '../profile/timeline';
import { formatTime } from '../profile/time';

export interface RangeEdgesProps {
  readonly range: TimeRange;
  readonly window: TimeRange;
  readonly steps: Steps;
  readonly zone: string;
  readonly onRange: (range: TimeRange) => void;
}

type Edge = 'from' | 'until';

/** The selected stretch, shaded, with edges that can be dragged or moved by arrows. */
export function RangeEdges({ range, window, steps, zone, onRange }: RangeEdgesProps) {
  const [moved, setMoved] = useState<TimeRange | null>(null);
  const shown = moved ?? range;
  const length = window.until - window.from;
  const place = (time: number): number => Math.max(0, Math.min(1, (time - window.from) / length)) * 100;
  const withEdge = (edge: Edge, at: number): TimeRange => {
    const [from, until] = [stepAt(steps, shown.from), stepAt(steps, shown.until)];
    return edge === 'from'
      ? { from: edgeOf(steps, Math.min(at, until)) - steps.step + 1, until: shown.until }
      : { from: shown.from, until: edgeOf(steps, Math.max(at, from)) };
  };
  const dragged = (edge: Edge) => (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { left, width } = event.currentTarget.parentElement!.getBoundingClientRect();
    setMoved(withEdge(edge, stepAt(steps, window.from + ((event.clientX - left) / width) * length)));
  };
  const released = (): void => {
    if (moved) onRange(moved);
    setMoved(null);
  };
  const pressed = (edge: Edge) => (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onRange(withEdge(edge, Math.max(0, Math.min(steps.count - 1, stepAt(steps, range[edge]) + step))));
  };
  return (
    <>
      <div className="timeline-range" style={{ left: `${place(shown.from)}%`, width: `${place(shown.until) - place(shown.from)}%` }} />
      {(['from', 'until'] as const).map((edge) => (
        <div
          key={edge}
          className="timeline-edge"
          role="slider"
          tabIndex={0}
          aria-label={edge === 'from' ? 'Start of the selected range' : 'End of the selected range'}
          aria-valuemin={window.from}
          aria-valuemax={window.until}
          aria-valuenow={shown[edge]}
          aria-valuetext={formatTime(shown[edge], zone)}
          style={{ left: `${place(shown[edge])}%` }}
          onPointerDown={(event) => {
            event.stopPropagation();
            event.currentTarget.setPointerCapture(event.pointerId);
          }}
          onPointerMove={dragged(edge)}
          onPointerUp={released}
          onPointerCancel={() => setMoved(null)}
          onKeyDown={pressed(edge)}
        />
      ))}
    </>
  );
}
