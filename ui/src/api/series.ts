import type { TimeRange } from '../profile/time';
import type { LabelPair } from './labels';
import type { Question } from './question';
import { askWindow } from './selection';
import { json, type Decoder } from './use-answer';

/** Values of one group over time, oldest first. */
export interface TimeSeries {
  readonly labels: readonly LabelPair[];
  /** Unix milliseconds. */
  readonly times: readonly number[];
  /** Sum of the step that ends at the time (or average of gauges), in the type's unit. */
  readonly values: readonly number[];
  /** Key and text of what clients or limits noted, per point index. */
  readonly annotations: readonly { readonly index: number; readonly key: string; readonly value: string }[];
}

export interface SeriesOptions {
  readonly groupBy: readonly string[];
  /** Seconds. */
  readonly step: number;
  readonly average: boolean;
  /** Groups; the largest are kept. */
  readonly limit?: number;
}

export function askSeries(type: string, selector: string, window: TimeRange, options: SeriesOptions): Question {
  return askWindow('SelectSeries', window, {
    profileTypeID: type,
    labelSelector: selector,
    groupBy: options.groupBy,
    step: options.step,
    aggregation: options.average ? 'TIME_SERIES_AGGREGATION_TYPE_AVERAGE' : 'TIME_SERIES_AGGREGATION_TYPE_SUM',
    ...(options.limit === undefined ? {} : { limit: String(options.limit) }),
  });
}

interface WirePoint {
  readonly value?: number;
  readonly timestamp?: string;
  readonly annotations?: { readonly key?: string; readonly value?: string }[];
}

export const timeSeries: Decoder<readonly TimeSeries[]> = json<
  readonly TimeSeries[],
  { series?: { labels?: LabelPair[]; points?: WirePoint[] }[] }
>('time-series', (answer) =>
  (answer.series ?? []).map(({ labels = [], points = [] }) => ({
    labels,
    times: points.map((p) => Number(p.timestamp ?? 0)),
    values: points.map((p) => p.value ?? 0),
    annotations: points.flatMap((p, index) => (p.annotations ?? []).map((a) => ({ index, key: a.key ?? '', value: a.value ?? '' }))),
  })),
);
