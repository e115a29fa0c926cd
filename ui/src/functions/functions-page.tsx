import { Empty, Failure } from '../ui/states';
import { TypeSelect } from '../ui/type-select';
import { WindowTools } from '../ui/window-tools';
import { functionsSchema } from '../url/functions-state';
import { useUrlState } from '../url/use-url-state';
import { FunctionList } from './function-list';
import './functions.css';
import { useAllServices } from './use-all-services';

/** Where is this code used: every function of every service, searched on the server. */
export default function FunctionsPage() {
  const [state, change] = useUrlState(functionsSchema);
  const { target, types, isEmpty, error } = useAllServices(state);
  return (
    <div className="functions">
      <WindowTools from={state.from} until={state.until} onChange={change} />
      <div className="functions-tools">
        <h1>Functions</h1>
        <input
          className="field functions-search"
          type="search"
          autoFocus
          aria-label="Search functions of all services"
          placeholder="A part of a name, or /regex/"
          value={state.search}
          onChange={(event) => change({ search: event.target.value }, { replace: true })}
        />
        {target ? <TypeSelect types={types} value={target.type} onChange={(type) => change({ type })} /> : null}
      </div>
      {error ? (
        <Failure error={error} />
      ) : isEmpty ? (
        <Empty title="No profiles in this window.">
          <button type="button" className="button button-small" onClick={() => change({ from: 'now-7d', until: 'now' })}>
            Look at the last 7 days
          </button>
        </Empty>
      ) : target ? (
        <FunctionList target={target} state={state} change={change} />
      ) : null}
    </div>
  );
}
