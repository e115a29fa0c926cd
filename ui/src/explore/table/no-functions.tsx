import { Empty } from '../../ui/states';
import type { ViewProps } from '../view-props';

/** Why there is no row: nothing was measured, or the search matches nothing. */
export function NoFunctions({ state, change, isEmpty }: Pick<ViewProps, 'state' | 'change'> & { readonly isEmpty: boolean }) {
  if (isEmpty) {
    return (
      <Empty title={state.range ? 'No stacks in the selected part of the window.' : 'No stacks in this window.'}>
        {state.range ? (
          <button type="button" className="button button-small" onClick={() => change({ range: null })}>
            Use the whole window
          </button>
        ) : null}
      </Empty>
    );
  }
  return (
    <Empty title={`No function matches “${state.search}”.`}>
      <button type="button" className="button button-small" onClick={() => change({ search: '' })}>
        Clear the search
      </button>
    </Empty>
  );
}
