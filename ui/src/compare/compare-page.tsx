import { Suspense, useMemo } from 'react';
import { PageTools } from '../app/page-tools';
import { RefreshMenu } from '../explore/query/refresh-menu';
import { ShareMenu } from '../app/share-menu';
import { ViewTabs } from '../explore/tools/view-tabs';
import { ErrorBoundary } from '../ui/error-boundary';
import { Failure } from '../ui/states';
import { compareSchema, swapped } from '../url/compare-state';
import { useUrlState } from '../url/use-url-state';
import './compare.css';
import { COMPARE_VIEW_ENTRIES } from './compare-views';
import { CompareStatus } from './compare-status';
import { CompareTools } from './compare-tools';
import { fixedCompareAddress } from './fixed-address';
import { SidePanel } from './side-panel';
import { useClock } from '../app/clock';
import { useChanges, useComparison, type Comparison } from './use-compare';
import type { CompareViewProps } from './compare-views';

/** What changed between A and B: two selections, two windows, two versions, or a file. */
export default function ComparePage() {
  const [state, change] = useUrlState(compareSchema);
  const now = useClock((c) => c.now);
  const comparison = useComparison(state);
  const select = useMemo(() => (view: (typeof state)['view']) => change({ view }), [change]);
  return (
    <div className="compare">
      <PageTools>
        <RefreshMenu />
        <ShareMenu title="Comparison" fixedAddress={fixedCompareAddress(state, now)} />
      </PageTools>
      <h1 className="visually-hidden">Compare</h1>
      <div className="compare-sides">
        <SidePanel name="a" state={state} change={change} />
        <button
          type="button"
          className="button compare-swap"
          title="Swap A and B"
          aria-label="Swap A and B"
          onClick={() => change(swapped)}
        >
          ⇄
        </button>
        <SidePanel name="b" state={state} change={change} />
      </div>
      {comparison ? <Compared comparison={comparison} state={state} change={change} select={select} /> : <div className="compare-work" />}
    </div>
  );
}

interface ComparedProps extends Omit<CompareViewProps, 'ranked'> {
  readonly comparison: Comparison;
  select(view: CompareViewProps['state']['view']): void;
}

function Compared({ comparison, state, change, select }: ComparedProps) {
  const ranked = useChanges(comparison, state);
  const entry = COMPARE_VIEW_ENTRIES.find((e) => e.view === state.view) ?? COMPARE_VIEW_ENTRIES[0];
  return (
    <>
      <div className="tool-row">
        <ViewTabs tabs={COMPARE_VIEW_ENTRIES} selected={entry.view} onSelect={select} />
        <CompareTools ranked={ranked} state={state} change={change} comparison={comparison} />
      </div>
      <div className="compare-work" id="work-area" role="tabpanel" aria-labelledby={`tab-${entry.view}`}>
        <ErrorBoundary>
          <Suspense fallback={<div className="pane-bar" role="status" aria-label="Loading" />}>
            {ranked.error ? (
              <Failure error={ranked.error} retry={ranked.retry} />
            ) : (
              <entry.Component comparison={comparison} ranked={ranked} state={state} change={change} />
            )}
          </Suspense>
        </ErrorBoundary>
      </div>
      <CompareStatus ranked={ranked} />
    </>
  );
}
