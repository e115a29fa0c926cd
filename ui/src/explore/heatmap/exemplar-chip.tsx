import type { ExploreState } from '../../url/explore-state';
import './exemplar-chip.css';

export interface ExemplarChipProps {
  readonly state: Pick<ExploreState, 'spans' | 'profiles'>;
  readonly change: (patch: Pick<ExploreState, 'spans' | 'profiles'>) => void;
}

/** Says that stacks are of single profiles or spans only, on whatever view; and lets them go. */
export function ExemplarChip({ state: { spans, profiles }, change }: ExemplarChipProps) {
  if (spans.length + profiles.length === 0) return null;
  return (
    <span className="exemplar-chip">
      {counted(spans, 'span')}
      {spans.length > 0 && profiles.length > 0 ? ', ' : ''}
      {counted(profiles, 'profile')}
      <button type="button" aria-label="All profiles again" title="All profiles again" onClick={() => change({ spans: [], profiles: [] })}>
        ×
      </button>
    </span>
  );
}

function counted(ids: readonly string[], noun: string): string {
  if (ids.length === 0) return '';
  return ids.length === 1 ? `only ${noun} ${ids[0].slice(0, 8)}` : `only ${ids.length} ${noun}s`;
}
