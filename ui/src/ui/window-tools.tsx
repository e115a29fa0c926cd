import { PageTools } from '../app/page-tools';
import { RefreshMenu } from '../explore/query/refresh-menu';
import { TimePicker } from '../explore/query/time-picker';

/** Time and refresh in the top bar, for pages whose window is `from` and `until` and nothing else. */
export function WindowTools({ from, until, onChange }: WindowToolsProps) {
  return (
    <PageTools>
      <TimePicker from={from} until={until} onPick={onChange} />
      <RefreshMenu />
    </PageTools>
  );
}

interface WindowToolsProps {
  readonly from: string;
  readonly until: string;
  onChange(window: { readonly from: string; readonly until: string }): void;
}
