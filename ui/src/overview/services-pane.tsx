import type { TimeRange } from '../profile/time';
import { Empty, Failure, Pane } from '../ui/states';
import type { OverviewState } from '../url/overview-state';
import type { Change } from '../url/use-url-state';
import { baselineTitle, baselineWindow } from './baseline';
import { shownServices } from './service-rows';
import { ServicesTable } from './services-table';
import { useServices } from './use-services';

/** The server's own profiles, which it has from its first minute. */
const OWN_SERVICE = 'kagari';

export function ServicesPane({ state, type, window, change, pinned, onPin }: ServicesPaneProps) {
  // Versions are compared within the window, so services are with the window before.
  const baseline = state.baseline === 'version' ? 'before' : state.baseline;
  const { lines, isBusy, error, retry } = useServices(type, window, baselineWindow(window, baseline));
  const shown = lines ? shownServices(lines, state.filter, state.order, pinned) : [];
  return (
    <div className="overview-services">
      <div className="overview-title">
        <h2>Services</h2>
        <input
          className="field overview-filter"
          type="search"
          aria-label="Filter services"
          placeholder="Filter services"
          value={state.filter}
          onChange={(event) => change({ filter: event.target.value }, { replace: true })}
        />
        {lines?.length === 1 && lines[0].service.service === OWN_SERVICE ? (
          <button type="button" className="button button-small" onClick={() => change({ firstRun: true })}>
            Only this server profiles itself: send others
          </button>
        ) : null}
        <p className="overview-note">{lines ? `${shown.length} of ${lines.length}; change against ${baselineTitle(baseline)}` : ''}</p>
      </div>
      {error ? (
        <Failure error={error} retry={retry} />
      ) : (
        <Pane busy={isBusy} label="Services">
          {lines?.length === 0 ? (
            <Empty title="No service sent a profile in this window.">
              <button type="button" className="button button-small" onClick={() => change({ from: 'now-7d', until: 'now' })}>
                Look at the last 7 days
              </button>
            </Empty>
          ) : lines && shown.length === 0 ? (
            <Empty title={`No service has “${state.filter}” in its name.`}>
              <button type="button" className="button button-small" onClick={() => change({ filter: '' })}>
                Clear the filter
              </button>
            </Empty>
          ) : (
            <ServicesTable
              lines={shown}
              pinned={pinned}
              onPin={onPin}
              order={state.order}
              onOrder={(order) => change({ order })}
              from={state.from}
              until={state.until}
            />
          )}
        </Pane>
      )}
    </div>
  );
}

interface ServicesPaneProps {
  readonly state: OverviewState;
  readonly type: string;
  readonly window: TimeRange;
  change(patch: Partial<OverviewState>, change?: Change): void;
  readonly pinned: ReadonlySet<string>;
  onPin(service: string, pin: boolean): void;
}
