import type { TimeRange } from '../profile/time';
import type { LabelPair } from './labels';
import type { Question } from './question';
import { askWindow, type Target } from './selection';
import { json, type Decoder } from './use-answer';

/** What is counted: profiles, or spans of requests. */
export type HeatKind = 'individual' | 'span';

/** One profile or span that stands for the others of its cell. */
export interface Exemplar {
  /** Unix milliseconds. */
  readonly time: number;
  readonly value: number;
  readonly profileId: string;
  /** Empty for profiles. */
  readonly spanId: string;
  readonly traceId: string;
  readonly labels: readonly LabelPair[];
}

/** Counts of one step of time, by buckets of value. */
export interface HeatSlot {
  /** Right edge, Unix milliseconds. */
  readonly time: number;
  /** Lower bounds of the buckets, the same in all slots; all are equally wide. */
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
  /** The largest of each cell. */
  readonly exemplars: readonly Exemplar[];
}

export function askHeatmap(target: Target, window: TimeRange, kind: HeatKind, step: number): Question {
  const name = kind.toUpperCase();
  return askWindow('SelectHeatmap', window, {
    profileTypeID: target.type,
    labelSelector: target.selector,
    step,
    queryType: `HEATMAP_QUERY_TYPE_${name}`,
    exemplarType: `EXEMPLAR_TYPE_${name}`,
  });
}

interface WireExemplar {
  readonly timestamp?: string;
  readonly value?: string;
  readonly profileId?: string;
  readonly spanId?: string;
  readonly traceId?: string;
  readonly labels?: LabelPair[];
}

interface WireSlot {
  readonly timestamp?: string;
  readonly yMin?: number[];
  readonly counts?: number[];
  readonly exemplars?: WireExemplar[];
}

export const heatmap: Decoder<readonly HeatSlot[]> = json<readonly HeatSlot[], { series?: { slots?: WireSlot[] }[] }>('heatmap', (answer) =>
  // Nothing is grouped, so there is one series, or none.
  (answer.series?.at(0)?.slots ?? []).map(({ timestamp, yMin = [], counts = [], exemplars = [] }) => ({
    time: Number(timestamp ?? 0),
    bounds: yMin,
    counts,
    exemplars: exemplars.map(({ timestamp: time, value, profileId = '', spanId = '', traceId = '', labels = [] }) => ({
      time: Number(time ?? 0),
      value: Number(value ?? 0),
      profileId,
      spanId,
      traceId,
      labels,
    })),
  })),
);
