import { useMemo } from 'react';
import { askFlameGraph, flameGraph } from '../../api/stacks';
import { useAnswer } from '../../api/use-answer';
import { ROOT_NAME, type Frames } from '../../profile/frames';
import { Failure, Pane } from '../../ui/states';
import { NoFunctions } from '../table/no-functions';
import type { ViewProps } from '../view-props';
import { branchOf, hotPath, keyBelow, namesOf } from './branches';
import { TreeGrid } from './tree-grid';
import { TreeTools } from './tree-tools';
import { useOpenBranches } from './use-open-branches';
import { useParts } from './use-parts';

/** From the root down. What the tree folds is asked for when it is opened, so everything is reachable and every number exact. */
export function TopDown(props: ViewProps) {
  const { data, error, isFetching, refetch } = useAnswer(askFlameGraph(props.target, null), flameGraph);
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  return data ? (
    <WholeTree {...props} frames={data} isBusy={isFetching} />
  ) : (
    <Pane busy label="Call tree">
      {null}
    </Pane>
  );
}

function WholeTree({ frames, isBusy, ...props }: ViewProps & { readonly frames: Frames; readonly isBusy: boolean }) {
  const { target, state } = props;
  const asked = useParts((key) => askFlameGraph(target, null, namesOf(key).slice(1)), flameGraph);
  const roots = useMemo(() => [branchOf(frames, 0, null)], [frames]);
  const open = useOpenBranches(() => (state.zoom.length > 0 ? keysAlong(state.zoom) : hotPath(roots[0], new Map())));
  return (
    <>
      <TreeTools {...props} onHotPath={() => open.set(hotPath(roots[0], asked.parts), true)} onCollapse={open.clear} />
      <Pane busy={isBusy || asked.isBusy} label="Call tree">
        {frames.total[0] === 0 ? (
          <NoFunctions {...props} isEmpty />
        ) : (
          <TreeGrid {...props} label="Call tree, from the root down" roots={roots} asked={asked} open={open} total={frames.total[0]} />
        )}
      </Pane>
    </>
  );
}

/** A zoomed flame graph becomes a tree that is open down to the same frame. */
function keysAlong(zoom: readonly string[]): string[] {
  return zoom.reduce<string[]>((keys, name) => [...keys, keyBelow(keys.at(-1)!, name)], [ROOT_NAME]);
}
