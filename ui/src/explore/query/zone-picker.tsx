import { useMemo, useState } from 'react';
import { usePreferences } from '../../app/preferences';
import { zoneOf, type Millis } from '../../profile/time';
import { offsetTitle } from '../../profile/zoned-time';
import { PickerList } from './picker';

/** The zone that times are shown and typed in: UTC, the browser's, or any other. */
export function ZonePicker({ now }: { readonly now: Millis }) {
  const { timeZone, set } = usePreferences();
  const [searching, setSearching] = useState(false);
  const isOther = timeZone !== 'UTC' && timeZone !== 'local';
  const choose = (zone: string): void => {
    setSearching(false);
    set({ timeZone: zone });
  };
  return (
    <section className="zone-picker" aria-label="Time zone">
      <h3 className="menu-label">Time zone</h3>
      <div className="segmented">
        <button type="button" aria-pressed={timeZone === 'UTC'} onClick={() => choose('UTC')}>
          UTC
        </button>
        <button type="button" aria-pressed={timeZone === 'local'} title={zoneOf('local')} onClick={() => choose('local')}>
          Local
        </button>
        <button type="button" aria-pressed={isOther} aria-expanded={searching} onClick={() => setSearching(!searching)}>
          {isOther ? timeZone : 'Other …'}
        </button>
      </div>
      {searching ? <ZoneList now={now} onPick={choose} /> : null}
    </section>
  );
}

function ZoneList({ now, onPick }: { readonly now: Millis; readonly onPick: (zone: string) => void }) {
  const items = useMemo(
    () => Intl.supportedValuesOf('timeZone').map((zone) => ({ id: zone, title: zone.replaceAll('_', ' '), note: offsetTitle(now, zone) })),
    [now],
  );
  return (
    <div className="picker zone-picker-list">
      <PickerList label="Time zones" placeholder="A city or region …" items={items} onPick={onPick} />
    </div>
  );
}
