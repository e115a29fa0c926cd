import { useMemo } from 'react';
import { askHeatmap, heatmap, type Exemplar, type HeatKind, type HeatSlot } from '../../api/heatmap';
import type { Target } from '../../api/selection';
import { useAnswer } from '../../api/use-answer';
import { heatGrid, type HeatGrid } from '../../profile/heatmap';
import { stepOf } from '../../profile/time';
import { edgeOf, lastEdgeOf, stepsOf } from '../../profile/timeline';

const POINTS = 120;
const NONE: readonly HeatSlot[] = [];

export interface HeatmapAnswer {
  readonly grid: HeatGrid | null;
  /** The largest of each cell, the largest first. */
  readonly exemplars: readonly Exemplar[];
  readonly isBusy: boolean;
  readonly error: Error | null;
  retry(): void;
}

export function useHeatmap(target: Target, kind: HeatKind): HeatmapAnswer {
  const { from, until } = target.window;
  const step = stepOf(target.window, POINTS);
  const steps = useMemo(() => stepsOf({ from, until }, step), [from, until, step]);
  // The server wants the end after the start.
  const window = { from: edgeOf(steps, 0), until: Math.max(edgeOf(steps, 0) + 1, lastEdgeOf(steps)) };
  const { data = NONE, error, isFetching, refetch } = useAnswer(askHeatmap(target, window, kind, step), heatmap);
  const grid = useMemo(() => heatGrid(data, steps), [data, steps]);
  const exemplars = useMemo(() => data.flatMap((slot) => slot.exemplars).sort((a, b) => b.value - a.value), [data]);
  return { grid, exemplars, isBusy: isFetching, error, retry: () => void refetch() };
}
