import { askFunctionSeries, functionSeriesStep } from '../../api/function-details';
import { timeSeries } from '../../api/series';
import type { Target } from '../../api/selection';
import { useAnswer } from '../../api/use-answer';
import { formatRate } from '../../profile/units';
import { onGrid } from '../../ui/spark-path';
import { Sparkline } from '../../ui/sparkline';
import { bridged } from './bridged';
import { Section } from './section';

const WIDTH = 284;
const HEIGHT = 36;
/** Steps without a value that are no gap: agents send less often than a step of a short window. */
const GAP = 4;

/** The cost of the stacks that a function is on, over the window of the timeline. */
export function CostOverTime({ target, fn, unit }: { readonly target: Target; readonly fn: string; readonly unit: string }) {
  const answer = useAnswer(askFunctionSeries(target, fn), timeSeries, { keep: false });
  const step = functionSeriesStep(target);
  return (
    <Section title="Cost over time" answer={answer}>
      {(groups) => {
        const series = groups.at(0);
        if (!series) return <p className="inspector-note">Nothing in this window.</p>;
        const { from, until } = target.window;
        const values = bridged(onGrid(series.times, series.values, from, until, step * 1000), GAP);
        const most = Math.max(...series.values);
        return (
          <div className="inspector-spark">
            <Sparkline values={values} width={WIDTH} height={HEIGHT} label={`Cost over time, at most ${formatRate(most / step, unit)}`} />
            <span className="num unit">max {formatRate(most / step, unit)}</span>
          </div>
        );
      }}
    </Section>
  );
}
