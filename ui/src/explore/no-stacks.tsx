import { Empty } from '../ui/states';
import { EmptyWindow } from './empty-window';
import type { ViewProps } from './view-props';

/** Why a window has series but no stacks, and the way out of it. */
export function NoStacks(props: Pick<ViewProps, 'state' | 'change' | 'target'>) {
  const { state, change } = props;
  if (state.transforms.length > 0) {
    return (
      <Empty title="The transforms leave no stack.">
        <button type="button" className="button" onClick={() => change({ transforms: [] })}>
          Remove all transforms
        </button>
      </Empty>
    );
  }
  if (state.range !== null) {
    return (
      <Empty title="No stacks in the selected part of the window.">
        <button type="button" className="button" onClick={() => change({ range: null })}>
          Show the whole window
        </button>
      </Empty>
    );
  }
  if (state.spans.length > 0 || state.profiles.length > 0) {
    return (
      <Empty title="No stacks of the chosen spans or profiles in this window.">
        <button type="button" className="button" onClick={() => change({ spans: [], profiles: [] })}>
          Show all
        </button>
      </Empty>
    );
  }
  return <EmptyWindow {...props} />;
}
