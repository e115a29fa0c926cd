import { sandwich, type SandwichFrames } from '../../api/stacks';
import { askSideSandwich } from '../../api/compare';
import { useAnswer } from '../../api/use-answer';
import { nameOf, type Frames } from '../../profile/frames';
import { childRange } from '../../profile/rows';
import { FunctionName } from '../../ui/function-name';
import { Empty, Failure, Pane } from '../../ui/states';
import type { CompareViewProps } from '../compare-views';
import { joinSides } from '../two-sided';
import { TwoSidedTable } from '../two-sided-table';
import '../two-sided.css';

/** Who calls a function and what it calls, on both sides. Every stack counts once, at its outermost call of the function. */
export default function SandwichView({ comparison, ranked, state, change }: CompareViewProps) {
  const { fn } = state;
  const left = useAnswer(fn === null ? null : askSideSandwich(comparison.left, fn), sandwich);
  const right = useAnswer(fn === null ? null : askSideSandwich(comparison.right, fn), sandwich);
  const { changes, scale } = ranked;
  if (fn === null) return <Empty title="Whose callers and callees? Choose a function in the list of changes." />;
  const error = left.error ?? right.error;
  if (error) return <Failure error={error} retry={() => void Promise.all([left.refetch(), right.refetch()])} />;
  const half = (which: keyof SandwichFrames) =>
    left.data && right.data && scale ? joinSides(children(left.data[which]), children(right.data[which]), scale) : [];
  const name = ({ key }: { readonly key: string }) => (
    <button type="button" onClick={() => change({ fn: key })}>
      <FunctionName name={key} />
    </button>
  );
  return (
    <Pane busy={left.isFetching || right.isFetching} label="Callers and callees on both sides">
      <div className="two-sided-view">
        <h2>{fn}</h2>
        {changes && scale && left.data && right.data ? (
          <div className="two-sided-tables">
            <TwoSidedTable
              title="Callers"
              first="Caller"
              rows={half('callers')}
              changes={changes}
              scale={scale}
              name={name}
              empty="Nothing calls it: it is where stacks begin."
            />
            <TwoSidedTable
              title="Callees"
              first="Callee"
              rows={half('callees')}
              changes={changes}
              scale={scale}
              name={name}
              empty="It calls nothing that was sampled."
            />
          </div>
        ) : null}
      </div>
    </Pane>
  );
}

function children(frames: Frames): readonly (readonly [string, number])[] {
  const { row, from, to } = childRange(frames, 0);
  return Array.from(row.subarray(from, to), (node) => [nameOf(frames, node), frames.total[node]] as const);
}
