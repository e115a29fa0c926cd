import { Suspense, useCallback } from 'react';
import { targetOf } from '../api/selection';
import { useClock } from '../app/clock';
import { parseProfileType } from '../profile/profile-type';
import { ErrorBoundary } from '../ui/error-boundary';
import { Empty, Failure } from '../ui/states';
import { exploreSchema, type Selection } from '../url/explore-state';
import { useUrlState } from '../url/use-url-state';
import './explore.css';
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
  const { services, error } = useCompletedSelection(state, complete);
  const target = targetOf(state, now);
  const entry = VIEW_ENTRIES.find((e) => e.view === state.view) ?? VIEW_ENTRIES[0];
  return (
    <div className="explore">
      <TimeTools selection={state} change={change} />
      <QueryRow selection={state} change={change} groupBy={state.groupBy} onGroupBy={(groupBy) => change({ groupBy })} />
      {target ? <TimelineRow target={target} state={state} change={change} /> : null}
      <div className="explore-work">
        <ErrorBoundary>
          <Suspense fallback={<div className="pane-bar" role="status" aria-label="Loading" />}>
            {target ? (
              <entry.Component target={target} state={state} change={change} unit={parseProfileType(target.type).sampleUnit} />
            ) : error ? (
              <Failure error={error} />
            ) : services?.size === 0 ? (
              <Empty title="No profiles in this window." />
            ) : null}
          </Suspense>
        </ErrorBoundary>
      </div>
    </div>
  );
}
