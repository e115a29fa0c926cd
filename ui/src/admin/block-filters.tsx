import { Select } from '../ui/select';
import type { BlocksState } from '../url/admin-state';
import type { Change } from '../url/use-url-state';

const KINDS = [
  ['', 'all kinds'],
  ['log', 'logs'],
  ['block', 'blocks'],
  ['rollup', 'rollups'],
] as const;
const LEVELS = [
  ['', 'all levels'],
  ['0', 'level 0'],
  ['1', 'level 1'],
  ['2', 'level 2'],
  ['3', 'level 3'],
] as const;

/** Every change of a filter begins at the first page. */
export function BlockFilters({ state, change }: BlockFiltersProps) {
  return (
    <>
      <input
        className="field"
        style={{ width: 120 }}
        aria-label="Tenant"
        placeholder="Tenant"
        value={state.tenant}
        onChange={(event) => change({ tenant: event.target.value, offset: 0 }, { replace: true })}
      />
      <input
        className="field"
        style={{ width: 140 }}
        aria-label="Service"
        placeholder="Service"
        value={state.service}
        onChange={(event) => change({ service: event.target.value, offset: 0 }, { replace: true })}
      />
      <Select label="Kind" hideLabel value={state.kind} options={KINDS} onChange={(kind) => change({ kind, offset: 0 })} />
      <Select label="Level" hideLabel value={state.level} options={LEVELS} onChange={(level) => change({ level, offset: 0 })} />
    </>
  );
}

interface BlockFiltersProps {
  readonly state: BlocksState;
  change(patch: Partial<BlocksState>, change?: Change): void;
}
