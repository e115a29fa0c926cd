import { PageTools } from '../../app/page-tools';
import type { Selection } from '../../url/explore-state';
import { RefreshMenu } from './refresh-menu';
import { TimePicker } from './time-picker';
import { useHistoryKeys } from './use-history-keys';

export interface TimeToolsProps {
  readonly selection: Selection;
  readonly change: (patch: Partial<Selection>) => void;
}

/** Time and refresh, in the top bar. Another window has no selected part yet. */
export function TimeTools({ selection: { from, until }, change }: TimeToolsProps) {
  useHistoryKeys();
  return (
    <PageTools>
      <TimePicker from={from} until={until} onPick={(window) => change({ ...window, range: null })} />
      <RefreshMenu />
    </PageTools>
  );
}
