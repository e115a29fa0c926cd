import { Suspense, useCallback } from 'react';
import { targetOf } from '../api/selection';
import { useClock } from '../app/clock';
import { PageTools } from '../app/page-tools';
import { ShareMenu } from '../app/share-menu';
import { parseProfileType } from '../profile/profile-type';
import { resolveRange } from '../profile/time';
import { ErrorBoundary } from '../ui/error-boundary';
import { Failure } from '../ui/states';
import { StatusLine } from '../ui/status-line';
import { encode } from '../url/codec';
import { exploreSchema, type ExploreState, type Selection } from '../url/explore-state';
import { useUrlState } from '../url/use-url-state';
import { EmptyWindow } from './empty-window';
import { ExploreStatus } from './explore-status';
import { ExploreTools } from './explore-tools';
import './explore.css';
import { ExportMenu } from './export/export-menu';
import { QueryRow } from './query/query-row';
import { TimeTools } from './query/time-tools';
import { TimelineRow } from './timeline/timeline-row';
import { useCompletedSelection } from './use-completed-selection';
import { VIEW_ENTRIES } from './views';

/** What is hot and why: a query row, a timeline, one work area with its views, and a status line. */
export function ExplorePage() {
  const [state, change] = useUrlState(exploreSchema);
  const now = useClock((c) => c.now);
  const complete = useCallback((patch: Partial<Selection>) => change(patch, { replace: true }), [change]);
  const { services, error, service } = useCompletedSelection(state, complete);
  const target = targetOf(state, now);
  const entry = VIEW_ENTRIES.find((e) => e.view === state.view) ?? VIEW_ENTRIES[0];
  const unit = target ? parseProfileType(target.type).sampleUnit : '';
  return (
    <div className="explore">
      <TimeTools selection={state} change={change} />
      <PageTools>
        {target ? <ExportMenu target={target} state={state} unit={unit} /> : null}
        <ShareMenu title={service ?? 'Explore'} fixedAddress={fixedAddress(state, now)} />
      </PageTools>
      <h1 className="visually-hidden">Explore {service ?? ''}</h1>
      <QueryRow selection={state} change={change} groupBy={state.groupBy} onGroupBy={(groupBy) => change({ groupBy })} />
      {target ? <TimelineRow target={target} state={state} change={change} /> : <div />}
      {target ? <ExploreTools target={target} state={state} change={change} /> : <div />}
      <div className="explore-work" id="work-area" role="tabpanel" aria-labelledby={`tab-${entry.view}`}>
        <ErrorBoundary>
          <Suspense fallback={<div className="pane-bar" role="status" aria-label="Loading" />}>
            {target ? (
              <entry.Component target={target} state={state} change={change} unit={unit} />
            ) : error ? (
              <Failure error={error} />
            ) : services?.size === 0 ? (
              <EmptyWindow change={change} />
            ) : null}
          </Suspense>
        </ErrorBoundary>
      </div>
      {target ? <ExploreStatus target={target} state={state} unit={unit} /> : <StatusLine keys={[]}>{null}</StatusLine>}
    </div>
  );
}

/** The address with `now` replaced by what it means now: it shows the same tomorrow. */
function fixedAddress(state: ExploreState, now: number): string {
  const { from, until } = resolveRange(state.from, state.until, now);
  return `explore?${encode(exploreSchema, { ...state, from: String(from), until: String(until) })}`;
}
