import { useId, useState } from 'react';
import { formatTime, isRelative, parseTime, type Millis } from '../../profile/time';
import { parseTimeIn } from '../../profile/zoned-time';
import type { Window } from './windows';

export interface TimeFormProps {
  readonly window: Window;
  readonly now: Millis;
  readonly zone: string;
  readonly onApply: (window: Window) => void;
}

/** Both ends as text: `now-1h30m`, a date, or Unix time. Below each stands what it means. */
export function TimeForm({ window, now, zone, onApply }: TimeFormProps) {
  const [from, setFrom] = useState(() => written(window.from, now, zone));
  const [until, setUntil] = useState(() => written(window.until, now, zone));
  const [start, end] = [parseTimeIn(from, now, zone), parseTimeIn(until, now, zone)];
  const isTurned = start !== null && end !== null && start >= end;
  const apply = (): void => {
    if (start !== null && end !== null && !isTurned) onApply({ from: kept(from, start), until: kept(until, end) });
  };
  return (
    <form
      className="time-form"
      aria-label="From and until"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <TimeField label="From" text={from} onText={setFrom} time={start} zone={zone} />
      <TimeField label="Until" text={until} onText={setUntil} time={end} zone={zone} />
      <p className="time-form-note" role="status">
        {isTurned ? 'The end must come after the start.' : 'now-1h30m, 2026-01-31 14:05, or Unix time'}
      </p>
      <button type="submit" className="button button-primary" disabled={start === null || end === null || isTurned}>
        Apply
      </button>
    </form>
  );
}

interface TimeFieldProps {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly time: Millis | null;
  readonly zone: string;
}

function TimeField({ label, text, onText, time, zone }: TimeFieldProps) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="field"
        value={text}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={time === null}
        aria-describedby={`${id}-means`}
        onChange={(event) => onText(event.target.value)}
      />
      <output id={`${id}-means`} className="time-form-means" data-wrong={time === null}>
        {time === null ? 'no time that can be read' : formatTime(time, zone)}
      </output>
    </>
  );
}

/** Fixed times are shown as dates, so that one can edit them. */
function written(text: string, now: Millis, zone: string): string {
  const time = parseTime(text, now);
  return isRelative(text) || time === null ? text : formatTime(time, zone);
}

/** Relative times stay so, to move with the clock; others become milliseconds, which mean the same in every zone. */
function kept(text: string, time: Millis): string {
  return isRelative(text) ? text.trim() : String(time);
}
