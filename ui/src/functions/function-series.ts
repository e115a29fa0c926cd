import type { Question } from '../api/question';
import { askWindow, type Target } from '../api/selection';
import { isGauge, parseProfileType } from '../profile/profile-type';

/** Groups that are drawn; the largest are kept. */
const GROUPS = 12;

/** Values over time of the stacks that a function is on, by a label. `step` in seconds; decoded as `timeSeries`. */
export function askFunctionSeriesBy(target: Target, fn: string, label: string, step: number): Question {
  return askWindow('SelectSeries', target.window, {
    profileTypeID: target.type,
    labelSelector: target.selector,
    groupBy: [label],
    step,
    limit: String(GROUPS),
    aggregation: isGauge(parseProfileType(target.type)) ? 'TIME_SERIES_AGGREGATION_TYPE_AVERAGE' : 'TIME_SERIES_AGGREGATION_TYPE_SUM',
    stackTraceSelector: { frameFilter: { includeFunctionNames: [fn] } },
  });
}
