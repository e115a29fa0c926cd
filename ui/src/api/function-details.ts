import { isGauge, parseProfileType } from '../profile/profile-type';
import { exactly } from '../profile/re2';
import { stepOf, type TimeRange } from '../profile/time';
import type { Question } from './question';
import { askFunctions } from './functions';
import { askStacks, askWindow, type Target } from './selection';
import { json, type Decoder } from './use-answer';

/** Exact self and total of one function: a page of the table with at most one row. */
export function askFunction(target: Target, fn: string): Question {
  return askFunctions(target, { sort: 'self', offset: 0, limit: 1, regex: exactly(fn) });
}

/** Values of one side of a change. */
export interface ChangeSide {
  readonly total: number;
  readonly seconds: number;
}

export interface FunctionChange {
  readonly left: ChangeSide;
  readonly right: ChangeSide;
  readonly functions: readonly {
    readonly left: { readonly self: number; readonly total: number };
    readonly right: { readonly self: number; readonly total: number };
    readonly total: { readonly change: number; readonly significance: number | null };
  }[];
}

/** How one function's cost per second changed since an earlier window. */
export function askFunctionChange(target: Target, before: TimeRange, fn: string): Question {
  return askStacks('api/v1/changes', target, [
    ['leftFrom', before.from],
    ['leftUntil', before.until],
    ['mode', 'rate'],
    ['sort', 'total'],
    ['regex', exactly(fn)],
  ]);
}

export const functionChange: Decoder<FunctionChange> = json<FunctionChange>('function-change', (answer) => answer);

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

export interface LabelSplit {
  readonly total: number;
  readonly labels: readonly {
    readonly label: string;
    readonly valueCount: number;
    readonly values: readonly { readonly value: string; readonly total: number }[];
  }[];
}

/** Which label values the total of a function belongs to; the largest values of every label. */
export function askLabelSplit(target: Target, fn: string, limit: number): Question {
  return askStacks('api/v1/breakdown', target, [
    ['function', fn],
    ['limit', limit],
  ]);
}

export const labelSplit: Decoder<LabelSplit> = json<LabelSplit>('label-split', (answer) => answer);
