import { askFunctionSeriesBy } from './function-series';
import { timeSeries } from '../api/series';
import type { Target } from '../api/selection';
import { useAnswer } from '../api/use-answer';
import { parseProfileType, isGauge } from '../profile/profile-type';
import { stepOf } from '../profile/time';
import { Failure, Pane } from '../ui/states';
import { SPLITS, type FunctionState } from '../url/functions-state';
import { GroupChart } from './group-chart';
import { chartGroups } from './chart-groups';

const POINTS = 160;

/** What the function's stacks cost over time, split by version or by service. */
export function CostByGroup({ fn, target, by, onBy }: CostByGroupProps) {
  const step = stepOf(target.window, POINTS);
  const answer = useAnswer(askFunctionSeriesBy(target, fn, by, step), timeSeries);
  const type = parseProfileType(target.type);
  // Sums of a step become values per second; gauges are what they are.
  const perSecond = isGauge(type) ? 1 : step;
  return (
    <section className="function-cost" aria-label="Cost over time">
      <div className="function-cost-head">
        <h2>Cost over time</h2>
        <div className="segmented" role="group" aria-label="Split by">
          {SPLITS.map((split) => (
            <button key={split} type="button" aria-pressed={by === split} onClick={() => onBy(split)}>
              by {split === 'version' ? 'version' : 'service'}
            </button>
          ))}
        </div>
      </div>
      {answer.error ? (
        <Failure error={answer.error} retry={() => void answer.refetch()} />
      ) : (
        <Pane busy={answer.isFetching} label="Chart">
          {answer.data ? (
            <GroupChart
              groups={chartGroups(answer.data, by, target.window, step, perSecond)}
              window={target.window}
              unit={type.sampleUnit}
              isGauge={isGauge(type)}
            />
          ) : null}
        </Pane>
      )}
    </section>
  );
}

interface CostByGroupProps {
  readonly fn: string;
  readonly target: Target;
  readonly by: FunctionState['by'];
  onBy(by: FunctionState['by']): void;
}
