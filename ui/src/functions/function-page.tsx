import { useLocation } from 'wouter';
import { basePath } from '../app/base-path';
import { Empty, Failure } from '../ui/states';
import { TypeSelect } from '../ui/type-select';
import { WindowTools } from '../ui/window-tools';
import { functionSchema } from '../url/functions-state';
import { useUrlState } from '../url/use-url-state';
import { CostByGroup } from './cost-by-group';
import { FunctionFacts } from './function-facts';
import { functionOfPath } from './function-of-path';
import './function-page.css';
import { LinesPane } from './lines-pane';
import { NeighboursPanes } from './neighbours-panes';
import { SplitPane } from './split-pane';
import { useAllServices } from './use-all-services';

/** One function over all services: what it costs where, when and under which labels, who calls it, and its lines. */
export default function FunctionPage() {
  useLocation(); // draws anew when the address changes
  const fn = functionOfPath(window.location.pathname, basePath);
  const [state, change] = useUrlState(functionSchema);
  const { target, types, isEmpty, error } = useAllServices(state);
  return (
    <div className="function">
      <WindowTools from={state.from} until={state.until} onChange={change} />
      {error ? (
        <Failure error={error} />
      ) : isEmpty ? (
        <Empty title="No profiles in this window.">
          <button type="button" className="button button-small" onClick={() => change({ from: 'now-7d', until: 'now' })}>
            Look at the last 7 days
          </button>
        </Empty>
      ) : target ? (
        <>
          <FunctionFacts fn={fn} target={target} state={state}>
            <TypeSelect types={types} value={target.type} onChange={(type) => change({ type })} />
          </FunctionFacts>
          <CostByGroup fn={fn} target={target} by={state.by} onBy={(by) => change({ by })} />
          <div className="function-panes">
            <NeighboursPanes fn={fn} target={target} state={state} />
            <LinesPane fn={fn} target={target} />
            <SplitPane fn={fn} target={target} state={state} />
          </div>
        </>
      ) : null}
    </div>
  );
}
