import { QUERIER } from '../api/selection';
import { rpc } from '../api/question';
import { json, useAnswer, type Decoder } from '../api/use-answer';
import { usePreferences } from '../app/preferences';
import { formatTime, zoneOf } from '../profile/time';
import { Empty } from '../ui/states';
import type { ViewProps } from './view-props';

interface Kept {
  readonly ingested: boolean;
  /** Unix milliseconds. */
  readonly oldest: number;
  readonly newest: number;
}

const kept: Decoder<Kept> = json<Kept, { dataIngested?: boolean; oldestProfileTime?: string; newestProfileTime?: string }>(
  'kept',
  (answer) => ({
    ingested: answer.dataIngested === true,
    oldest: Number(answer.oldestProfileTime ?? 0),
    newest: Number(answer.newestProfileTime ?? 0),
  }),
);

const QUESTION = rpc(QUERIER, 'GetProfileStats', {});
const HOUR = 3_600_000;

/** A window without data: says what data there are, and leads to the latest. */
export function EmptyWindow({ change }: Pick<ViewProps, 'change'>) {
  const { data } = useAnswer(QUESTION, kept, { stale: 0 });
  const zone = zoneOf(usePreferences((p) => p.timeZone));
  if (!data) return null;
  if (!data.ingested) {
    return (
      <Empty title="No profiles have come in yet.">
        <span>The Overview shows how to send the first.</span>
      </Empty>
    );
  }
  return (
    <Empty title="Nothing matches the selector in this window.">
      <span>
        There are profiles from {formatTime(data.oldest, zone)} to {formatTime(data.newest, zone)} {zone}.
      </span>
      <button
        type="button"
        className="button"
        onClick={() => change({ from: String(Math.max(data.oldest, data.newest - HOUR)), until: String(data.newest), range: null })}
      >
        Show the last hour with data
      </button>
    </Empty>
  );
}
