import type { Target } from '../api/selection';
import { formatShare, formatValue } from '../profile/units';
import { StatusLine } from '../ui/status-line';
import type { ExploreState } from '../url/explore-state';
import { foldedOf } from '../profile/folded';
import { useStacks } from './use-stacks';

const KEYS = [
  ['/', 'search'],
  ['Enter', 'zoom'],
  ['h', 'hide'],
  ['s', 'sandwich'],
  ['[', 'back'],
  ['?', 'keys'],
] as const;

/** How much is drawn of what there is: numbers are exact or say that they are not. */
export function ExploreStatus({ target, state, unit }: { readonly target: Target; readonly state: ExploreState; readonly unit: string }) {
  const { frames } = useStacks(target, state.transforms);
  if (!frames) return <StatusLine keys={KEYS}>{null}</StatusLine>;
  const { nodes, value } = foldedOf(frames);
  return (
    <StatusLine keys={KEYS}>
      <span>{(frames.count - 1).toLocaleString('en')} frames</span>
      <span>{frames.rows.length - 1} deep</span>
      <span>{formatValue(frames.total[0], unit)} total</span>
      <span>
        {nodes === 0
          ? 'complete'
          : `${formatShare(value, frames.total[0])} in ${nodes.toLocaleString('en')} folded frames: click to expand`}
      </span>
    </StatusLine>
  );
}
