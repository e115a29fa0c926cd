import { askLines, functionLines } from '../../api/lines';
import { useAnswer } from '../../api/use-answer';
import { Failure, Pane } from '../../ui/states';
import { Docked } from '../inspector/docked';
import { FunctionPicker, FunctionPrompt } from '../sandwich/function-picker';
import type { ViewProps } from '../view-props';
import { FunctionSource } from './function-source';
import './source.css';

export default function SourceView(props: ViewProps) {
  const { target, state, change } = props;
  const { fn } = state;
  const { data, error, isFetching, refetch } = useAnswer(fn === null ? null : askLines(target, fn), functionLines);
  const pick = (name: string): void => change({ fn: name });
  if (fn === null) return <FunctionPrompt target={target} title="Whose source?" onPick={pick} />;
  return (
    <Docked {...props}>
      {error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : (
        <Pane busy={isFetching} label="Source" className="source-pane">
          {data ? (
            <FunctionSource key={fn} {...props} lines={data} fn={fn} picker={<FunctionPicker target={target} fn={fn} onPick={pick} />} />
          ) : null}
        </Pane>
      )}
    </Docked>
  );
}
