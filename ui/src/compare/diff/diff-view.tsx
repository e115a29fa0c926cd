import { Pane } from '../../ui/states';
import { ChangedTable } from '../changed/changed-table';
import type { CompareViewProps } from '../compare-views';
import { DiffGraph } from './diff-graph';
import { DiffInspector } from './diff-inspector';
import './diff-view.css';

/** The ranked list first, the picture that supports it, and one function in figures. */
export function DiffView(props: CompareViewProps) {
  const { ranked, state, change } = props;
  const { changes, scale, isFetching } = ranked;
  return (
    <div className="diff-view">
      <Pane busy={isFetching} label="What changed" className="diff-list">
        {changes && scale ? (
          <ChangedTable
            compact
            changes={changes}
            scale={scale}
            state={state}
            onSelect={(fn) => change({ fn: fn === state.fn ? null : fn })}
          />
        ) : null}
      </Pane>
      <DiffGraph {...props} />
      <DiffInspector {...props} />
    </div>
  );
}
