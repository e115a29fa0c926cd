import { isGauge, parseProfileType } from '../profile/profile-type';
import { exactly } from '../profile/re2';
import { stepOf, type TimeRange } from '../profile/time';
import type { Question } from './question';
import { askFunctions } from './functions';
import { askStacks, askWindow, type Target } from './selection';

/** Exact self and total of one function: a page of the table with at most one row. */
export function askFunction(target: Target, fn: string): Question {
  return askFunctions(target, { sort: 'self', offset: 0, limit: 1, regex: exactly(fn) });
}

/** How one function's cost per second changed since an earlier window; decoded as `changes`. */
export function askFunctionChange(target: Target, before: TimeRange, fn: string): Question {
  return askStacks('api/v1/changes', target, [
    ['leftFrom', before.from],
    ['leftUntil', before.until],
    ['mode', 'rate'],
    ['sort', 'total'],
    ['regex', exactly(fn)],
  ]);
}

/** Points of a line as wide as the inspector. */
const POINTS = 90;

/** Cost over time of the stacks that a function is on; decoded as `timeSeries`. */
export function askFunctionSeries(target: Target, fn: string): Question {
  return askWindow('SelectSeries', target.window, {
    profileTypeID: target.type,
    labelSelector: target.selector,
    groupBy: [],
    step: functionSeriesStep(target),
    aggregation: isGauge(parseProfileType(target.type)) ? 'TIME_SERIES_AGGREGATION_TYPE_AVERAGE' : 'TIME_SERIES_AGGREGATION_TYPE_SUM',
    stackTraceSelector: { frameFilter: { includeFunctionNames: [fn] } },
  });
}

/** Seconds. */
export const functionSeriesStep = (target: Target): number => stepOf(target.window, POINTS);
