import { Select } from '../ui/select';
import { TypeSelect } from '../ui/type-select';
import type { OverviewState } from '../url/overview-state';

const BASELINE_OPTIONS = [
  ['day', 'the same window yesterday'],
  ['before', 'the window before'],
  ['week', 'the same window last week'],
  ['version', 'the last version'],
] as const;

export function OverviewTools({ state, types, change }: OverviewToolsProps) {
  return (
    <div className="overview-tools">
      <h2>Top movers</h2>
      <TypeSelect
        types={types.includes(state.type) ? types : [state.type, ...types]}
        value={state.type}
        onChange={(type) => change({ type })}
      />
      <Select label="against" value={state.baseline} options={BASELINE_OPTIONS} onChange={(baseline) => change({ baseline })} />
      <p className="overview-note">
        {state.baseline === 'version'
          ? 'Shares of self within each service, weighed by what the service costs now.'
          : 'Self per second, ranked by absolute change.'}
      </p>
    </div>
  );
}

interface OverviewToolsProps {
  readonly state: OverviewState;
  readonly types: readonly string[];
  change(patch: Partial<OverviewState>): void;
}
