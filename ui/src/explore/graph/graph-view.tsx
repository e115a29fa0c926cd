import { useMemo, useState } from 'react';
import { callGraph } from '../../profile/call-graph';
import { Failure, Pane } from '../../ui/states';
import { Docked } from '../inspector/docked';
import { NoStacks } from '../no-stacks';
import { useFunctionMenu } from '../tools/use-function-menu';
import { useStacks } from '../use-stacks';
import type { ViewProps } from '../view-props';
import { GraphCanvas } from './graph-canvas';
import { GraphTools } from './graph-tools';

const BUDGET = 40;
/** Share of the whole below which a call is no line: hundreds of hairs would hide the paths that matter. */
const EDGE_MIN = 0.005;

/** Functions as boxes and calls as lines: where many paths lead through one function, a tree shows it many times and this once. */
export default function GraphView(props: ViewProps) {
  const { target, state, change, unit } = props;
  const { frames, busy, error, retry } = useStacks(target, state.transforms);
  const [budget, setBudget] = useState(BUDGET);
  const graph = useMemo(() => (frames ? callGraph(frames, budget, state.fn, EDGE_MIN) : null), [frames, budget, state.fn]);
  const { menu, onMenu, onCommand } = useFunctionMenu(props);
  return (
    <Docked {...props}>
      {error ? (
        <Failure error={error} retry={retry} />
      ) : (
        <Pane busy={busy} label="Call graph" className="graph-pane">
          {frames && graph ? (
            graph.nodes.length === 0 ? (
              <NoStacks {...props} />
            ) : (
              <div className="graph-view">
                <GraphTools target={target} frames={frames} graph={graph} budget={budget} onBudget={setBudget} />
                <GraphCanvas
                  graph={graph}
                  total={frames.total[0]}
                  unit={unit}
                  fn={state.fn}
                  onSelect={(fn) => change({ fn })}
                  onMenu={onMenu}
                  onCommand={onCommand}
                />
              </div>
            )
          ) : null}
        </Pane>
      )}
      {menu}
    </Docked>
  );
}
