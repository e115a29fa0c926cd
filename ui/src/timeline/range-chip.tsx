import type { Millis, TimeRange } from '../profile/time';
import type { Span } from '../url/param';
import { lengthTitle, spanTitle } from './format';

export interface RangeChipProps {
  readonly range: Span;
  readonly window: TimeRange;
  readonly zone: string;
  readonly onRange: (range: null) => void;
  readonly onWindow: (from: Millis, until: Millis) => void;
}

/** The selected stretch in words, also where it lies outside the window; zooms to it, or lets it go. */
export function RangeChip({ range, window, zone, onRange, onWindow }: RangeChipProps) {
  const isOutside = range.until < window.from || range.from > window.until;
  // The first millisecond belongs to the range; people read the edge before it.
  const from = range.from - 1;
  return (
    <span className="range-chip" data-outside={isOutside}>
      <span className="num" title={spanTitle(from, range.until, zone)}>
        {spanTitle(from, range.until, zone).slice(11)}
      </span>
      <span className="unit">{isOutside ? 'outside the window' : lengthTitle(range.until - from)}</span>
      <button type="button" onClick={() => onWindow(from, range.until)}>
        zoom
      </button>
      <button
        type="button"
        aria-label="Select the whole window"
        title="Select the whole window (double click, Esc)"
        onClick={() => onRange(null)}
      >
        ×
      </button>
    </span>
  );
}
