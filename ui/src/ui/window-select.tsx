import { useClock } from '../app/clock';
import { DEFAULT_UNTIL } from '../url/explore-state';
import { relativeTitle } from '../profile/time';
import { Select } from './select';

const WINDOWS = ['now-15m', 'now-1h', 'now-3h', 'now-6h', 'now-12h', 'now-1d', 'now-2d', 'now-7d', 'now-30d'];

/** The window of time of a page that has no timeline, and a refresh. What the address says otherwise is kept as it is. */
export function WindowSelect({ from, until, onChange }: WindowSelectProps) {
  const tick = useClock((c) => c.tick);
  const isKnown = until === DEFAULT_UNTIL && WINDOWS.includes(from);
  const options = WINDOWS.map((window) => [window, relativeTitle(window, DEFAULT_UNTIL) ?? window] as const);
  return (
    <>
      <Select
        label="Time"
        hideLabel
        value={isKnown ? from : ''}
        options={isKnown ? options : [['', `${from} to ${until}`], ...options]}
        onChange={(window) => window !== '' && onChange({ from: window, until: DEFAULT_UNTIL })}
      />
      <button type="button" className="button" onClick={tick} aria-label="Refresh">
        ⟳
      </button>
    </>
  );
}

interface WindowSelectProps {
  readonly from: string;
  readonly until: string;
  onChange(window: { readonly from: string; readonly until: string }): void;
}
