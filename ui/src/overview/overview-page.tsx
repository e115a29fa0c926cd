import { useMemo } from 'react';
import { askServiceTypes, serviceTypes } from '../api/labels';
import { askProfileStats, profileStats } from '../api/profile-stats';
import { useAnswer } from '../api/use-answer';
import { useClock } from '../app/clock';
import { preferredType } from '../profile/profile-type';
import { resolveRange } from '../profile/time';
import { Failure } from '../ui/states';
import { WindowTools } from '../ui/window-tools';
import { overviewSchema } from '../url/overview-state';
import { useUrlState } from '../url/use-url-state';
import { FirstRun } from './first-run';
import { MoversPane } from './movers-pane';
import { OverviewTools } from './overview-tools';
import './overview.css';
import { useRemembered } from './remembered';
import { SavedViews } from './saved-views';
import { ServicesPane } from './services-pane';

/** Where should I look: what changed, which services there are, and what people keep coming back to. */
export default function OverviewPage() {
  const [state, change] = useUrlState(overviewSchema);
  const now = useClock((c) => c.now);
  const window = resolveRange(state.from, state.until, now);
  const stats = useAnswer(askProfileStats(), profileStats, { stale: 10_000 });
  const services = useAnswer(askServiceTypes(window), serviceTypes);
  const types = useMemo(() => [...new Set([...(services.data?.values() ?? [])].flat())].sort(), [services.data]);
  const remembered = useRemembered();
  if (stats.error) return <Failure error={stats.error} retry={() => void stats.refetch()} />;
  if (stats.data?.hasData === false || state.firstRun) {
    return (
      <FirstRun
        retry={() => {
          change({ firstRun: false });
          void stats.refetch();
        }}
      />
    );
  }
  const type = state.type || (preferredType(types) ?? '');
  return (
    <div className="overview">
      <h1 className="visually-hidden">Overview</h1>
      <WindowTools from={state.from} until={state.until} onChange={change} />
      <OverviewTools state={{ ...state, type }} types={types} change={change} />
      <div className="overview-movers">
        <MoversPane type={type} window={window} baseline={state.baseline} onBaseline={(baseline) => change({ baseline })} />
      </div>
      <ServicesPane state={state} type={type} window={window} change={change} pinned={remembered.pinned} onPin={remembered.pin} />
      <SavedViews views={remembered.views} onForget={remembered.forget} />
    </div>
  );
}
