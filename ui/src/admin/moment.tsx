import { usePreferences } from '../app/preferences';
import { formatTime, zoneOf, type Millis } from '../profile/time';

/** A time in the zone that was chosen; a dash where it is not known. */
export function Moment({ time }: { readonly time: Millis | null | undefined }) {
  const zone = zoneOf(usePreferences((p) => p.timeZone));
  return <>{time === null || time === undefined ? '–' : formatTime(time, zone)}</>;
}
