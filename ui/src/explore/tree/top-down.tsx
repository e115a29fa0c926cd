import { useMemo } from 'react';
import { askFlameGraph, flameGraph } from '../../api/stacks';
import { ROOT_NAME, type Frames } from '../../profile/frames';
import { Failure, Pane } from '../../ui/states';
import { NoStacks } from '../no-stacks';
import type { FunctionMenu } from '../tools/use-function-menu';
import { useStacks } from '../use-stacks';
import type { ViewProps } from '../view-props';
import { branchOf, hotPath, keyBelow, namesOf } from './branches';
import { TreeGrid } from './tree-grid';
import { TreeTools } from './tree-tools';
import { useOpenBranches } from './use-open-branches';
import { useParts } from './use-parts';

export type TreeDirectionProps = ViewProps & Pick<FunctionMenu, 'onMenu' | 'onCommand'>;

/** From the root down. What the tree folds is asked for when it is opened, so everything is reachable and every number exact. */
export function TopDown(props: TreeDirectionProps) {
  const { frames, busy, error, retry } = useStacks(props.target, props.state.transforms);
  if (error) return <Failure error={error} retry={retry} />;
  return frames ? <WholeTree {...props} frames={frames} isBusy={busy} /> : <Pane busy label="Call tree" children={null} />;
}

function WholeTree({ frames, isBusy, ...props }: TreeDirectionProps & { readonly frames: Frames; readonly isBusy: boolean }) {
  const { target, state } = props;
  const asked = useParts((key) => askFlameGraph(target, null, namesOf(key).slice(1)), flameGraph);
  // Paths of a transformed tree are none that the server knows.
  const isPlain = state.transforms.length === 0;
  const roots = useMemo(() => [branchOf(frames, 0, null)], [frames]);
  const open = useOpenBranches(() => (state.zoom.length > 0 ? keysAlong(state.zoom) : hotPath(roots[0], new Map())));
  return (
    <>
      <TreeTools {...props} onHotPath={() => open.set(hotPath(roots[0], asked.parts), true)} onCollapse={open.clear} />
      <Pane busy={isBusy || asked.isBusy} label="Call tree">
        {frames.total[0] === 0 ? (
          <NoStacks {...props} />
        ) : (
          <TreeGrid
            {...props}
            label="Call tree, from the root down"
            sorts={['name', 'total']}
            roots={roots}
            asked={asked}
            canAsk={() => isPlain}
            open={open}
            total={frames.total[0]}
          />
        )}
      </Pane>
    </>
  );
}

/** A zoomed flame graph becomes a tree that is open down to the same frame. */
function keysAlong(zoom: readonly string[]): string[] {
  return zoom.reduce<string[]>((keys, name) => [...keys, keyBelow(keys.at(-1)!, name)], [ROOT_NAME]);
}
