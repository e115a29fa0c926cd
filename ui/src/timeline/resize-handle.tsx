import { useState } from 'react';

export interface ResizeHandleProps {
  readonly label: string;
  /** Pixels. */
  readonly height: number;
  readonly least: number;
  readonly most: number;
  readonly onHeight: (height: number) => void;
}

/** The lower edge of a pane: dragging, arrows and Page keys change its height. */
export function ResizeHandle({ label, height, least, most, onHeight }: ResizeHandleProps) {
  const [start, setStart] = useState<{ readonly y: number; readonly height: number } | null>(null);
  const set = (wanted: number): void => onHeight(Math.round(Math.max(least, Math.min(most, wanted))));
  return (
    <div
      className="resize-handle"
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="horizontal"
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={height}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setStart({ y: event.clientY, height });
      }}
      onPointerMove={(event) => {
        if (start) set(start.height + event.clientY - start.y);
      }}
      onPointerUp={() => setStart(null)}
      onPointerCancel={() => setStart(null)}
      onKeyDown={(event) => {
        const step = { ArrowUp: -8, ArrowDown: 8, PageUp: -48, PageDown: 48 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        set(height + step);
      }}
    />
  );
}
