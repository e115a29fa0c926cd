import { askFlameGraph, flameGraph } from '../../api/stacks';
import { useAnswer } from '../../api/use-answer';
import { Failure, Pane } from '../../ui/states';
import type { ViewProps } from '../view-props';

export function FlameView({ target }: ViewProps) {
  const { data, error, isFetching, refetch } = useAnswer(askFlameGraph(target, null), flameGraph);
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  return (
    <Pane busy={isFetching} label="Flame graph">
      {data ? <p className="num">{data.count} nodes</p> : null}
    </Pane>
  );
}
