import * as Popover from '@radix-ui/react-popover';
import { useEffect, useMemo, useState } from 'react';
import { useClock } from '../../app/clock';
import { useRegister, type Command } from '../../app/commands';
import { usePreferences } from '../../app/preferences';
import { formatTime, resolveRange, zoneOf } from '../../profile/time';
import { offsetTitle } from '../../profile/zoned-time';
import { TimeForm } from './time-form';
import './time-picker.css';
import { useRecentWindows } from './recent-windows';
import { isSame, PRESETS, windowTitle, type Window } from './windows';
import { ZonePicker } from './zone-picker';

export interface TimePickerProps {
  readonly from: string;
  readonly until: string;
  readonly onPick: (window: Window) => void;
  /** Whose time it is, where a page has several; the key is the first one's. */
  readonly of?: string;
}

/** The window of time: presets, anything typed, windows used before, and the zone that times are shown in. */
export function TimePicker({ from, until, onPick, of = '' }: TimePickerProps) {
  const now = useClock((c) => c.now);
  const [open, setOpen] = useState(false);
  const zone = zoneOf(usePreferences((p) => p.timeZone));
  const { windows, use } = useRecentWindows();
  useRegister(
    useMemo<readonly Command[]>(
      () => [{ id: `time ${of}`, title: `Choose the time${of && ` of ${of}`}`, group: 'Time', keys: ['t'], run: () => setOpen(true) }],
      [of],
    ),
  );
  useEffect(() => use({ from, until }), [from, until, use]);
  const shown = { from, until };
  const range = resolveRange(from, until, now);
  const pick = (window: Window): void => {
    setOpen(false);
    onPick(window);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="button" title={`${formatTime(range.from, zone)} to ${formatTime(range.until, zone)}`}>
        <strong>{windowTitle(shown, now, zone)}</strong> {zone === 'UTC' ? 'UTC' : offsetTitle(range.until, zone)}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="popover time-picker" align="end" sideOffset={4} aria-label="Time">
          <WindowList title="Relative" windows={PRESETS} shown={shown} titleOf={(w) => windowTitle(w, now, zone)} onPick={pick} />
          <div className="time-picker-own">
            <TimeForm key={`${from} ${until}`} window={shown} now={now} zone={zone} onApply={pick} />
            {windows.length === 0 ? null : (
              <WindowList title="Used before" windows={windows} shown={shown} titleOf={(w) => windowTitle(w, now, zone)} onPick={pick} />
            )}
            <ZonePicker now={now} />
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface WindowListProps {
  readonly title: string;
  readonly windows: readonly Window[];
  readonly shown: Window;
  readonly titleOf: (window: Window) => string;
  readonly onPick: (window: Window) => void;
}

function WindowList({ title, windows, shown, titleOf, onPick }: WindowListProps) {
  return (
    <section className="time-picker-windows" aria-label={title}>
      <h3 className="menu-label">{title}</h3>
      {windows.map((window) => (
        <button
          key={`${window.from} ${window.until}`}
          type="button"
          className="menu-item"
          aria-pressed={isSame(window, shown)}
          onClick={() => onPick(window)}
        >
          {titleOf(window)}
        </button>
      ))}
    </section>
  );
}
