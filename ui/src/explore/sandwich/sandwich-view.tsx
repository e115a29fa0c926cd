import { useState } from 'react';
import { askFunction } from '../../api/function-details';
import { functionPage } from '../../api/functions';
import type { SandwichFrames } from '../../api/stacks';
import { useAnswer } from '../../api/use-answer';
import { formatShare } from '../../profile/units';
import { Empty, Failure, Pane } from '../../ui/states';
import { Value } from '../../ui/value';
import { Docked } from '../inspector/docked';
import type { FrameRef } from '../inspector/frame-inspection';
import { useFunctionMenu } from '../tools/use-function-menu';
import type { ViewProps } from '../view-props';
import { FunctionPicker, FunctionPrompt } from './function-picker';
import { NeighbourTable } from './neighbour-table';
import { SandwichHalf } from './sandwich-half';
import './sandwich.css';
import { useSandwich } from './use-sandwich';

export default function SandwichView(props: ViewProps) {
  const { target, state, change } = props;
  if (state.fn === null) {
    return <FunctionPrompt target={target} title="Whose callers and callees?" onPick={(fn) => change({ fn })} />;
  }
  return <SandwichOf {...props} fn={state.fn} />;
}

/** Who calls a function, above, and what it calls, below. Every stack counts once, at its outermost call of the function. */
function SandwichOf({ fn, ...props }: ViewProps & { readonly fn: string }) {
  const { target, state, change } = props;
  const { halves, busy, missing, error, retry, askWhole } = useSandwich(target, fn, state.transforms);
  const [frame, setFrame] = useState<FrameRef | null>(null);
  const pick = (name: string): void => change({ fn: name });
  return (
    <Docked {...props} frame={frame}>
      <div className="sandwich">
        <div className="sandwich-tools">
          <FunctionPicker target={target} fn={fn} onPick={pick} />
          <Totals {...props} fn={fn} />
        </div>
        {error ? (
          <Failure error={error} retry={retry} />
        ) : missing ? (
          <Empty title="No stack of this selection has the function.">Choose another one above, or a longer window.</Empty>
        ) : (
          <Pane busy={busy} label="Callers and callees" className="sandwich-pane">
            {halves ? <Halves key={fn} {...props} halves={halves} onPick={pick} onPoint={setFrame} askWhole={askWhole} /> : null}
          </Pane>
        )}
      </div>
    </Docked>
  );
}

function Halves({ halves, onPick, onPoint, askWhole, ...props }: HalvesProps) {
  const { state, unit } = props;
  const { menu, onMenu, onCommand } = useFunctionMenu(props);
  const shared = { state, unit, onPoint, onMenu, onCommand, askWhole };
  return (
    <div className="sandwich-halves">
      <NeighbourTable title="Callers" frames={halves.callers} own="(stacks begin here)" unit={unit} onPick={onPick} />
      <SandwichHalf {...shared} title="Callers" frames={halves.callers} rankedBy={halves.callees} direction="flame" />
      <NeighbourTable title="Callees" frames={halves.callees} own="(itself)" unit={unit} onPick={onPick} />
      <SandwichHalf {...shared} title="Callees" frames={halves.callees} rankedBy={halves.callees} direction="icicle" />
      {menu}
    </div>
  );
}

interface HalvesProps extends ViewProps {
  readonly halves: SandwichFrames;
  readonly onPick: (fn: string) => void;
  readonly onPoint: (frame: FrameRef | null) => void;
  readonly askWhole: (() => void) | null;
}

/** Exact by the server's table: with recursion the self of a function is more than what node 0 of the callees has. */
function Totals({ target, state, unit, fn }: ViewProps & { readonly fn: string }) {
  const isPlain = state.transforms.length === 0;
  const row = useAnswer(isPlain ? askFunction(target, fn) : null, functionPage, { keep: false }).data?.functions.at(0);
  if (!row) return null;
  return (
    <span className="sandwich-totals">
      total <Value value={row.total} unit={unit} />, of which <Value value={row.self} unit={unit} /> ({formatShare(row.self, row.total)}) by
      itself
    </span>
  );
}
