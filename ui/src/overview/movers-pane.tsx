import { queryClient } from '../app/query-client';
import type { TimeRange } from '../profile/time';
import { Empty, Failure, Pane } from '../ui/states';
import type { Baseline } from '../url/overview-state';
import { baselineTitle, VERSION_LABELS } from './baseline';
import { MoversTable } from './movers-table';
import { useMovers } from './use-movers';

/** Where should I look: functions of services by how much their cost changed. */
export function MoversPane({ type, window, baseline, onBaseline }: MoversPaneProps) {
  const { rows, unit, missing, isBusy, error } = useMovers(type, window, baseline);
  if (error) return <Failure error={error} retry={() => void queryClient.invalidateQueries({ queryKey: ['movers'] })} />;
  return (
    <Pane busy={isBusy} label="Top movers">
      {rows === null ? null : missing === 'before' ? (
        <Empty title={`There are no profiles of ${baselineTitle(baseline)}.`}>
          {baseline === 'before' ? null : (
            <button type="button" className="button button-small" onClick={() => onBaseline('before')}>
              Compare with the window before
            </button>
          )}
          <button type="button" className="button button-small" onClick={() => onBaseline('version')}>
            Compare with the last version
          </button>
        </Empty>
      ) : missing === 'versions' ? (
        <Empty title={`No service had two versions in this window: none has two values of a label such as ${VERSION_LABELS.join(', ')}.`}>
          <button type="button" className="button button-small" onClick={() => onBaseline('before')}>
            Compare with the window before
          </button>
        </Empty>
      ) : rows.length === 0 ? (
        isBusy ? null : (
          <Empty title="Nothing changed." />
        )
      ) : (
        <MoversTable rows={rows} unit={unit} />
      )}
    </Pane>
  );
}

interface MoversPaneProps {
  readonly type: string;
  readonly window: TimeRange;
  readonly baseline: Baseline;
  onBaseline(baseline: Baseline): void;
}
