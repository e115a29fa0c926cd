import { useMemo } from 'react';
import { askBreakdown, breakdown, type LabelBreakdown } from '../../api/breakdown';
import type { Target } from '../../api/selection';
import { askSeries, timeSeries } from '../../api/series';
import { useAnswer } from '../../api/use-answer';
import { isGauge, parseProfileType } from '../../profile/profile-type';
import { stepOf } from '../../profile/time';
import { edgeOf, lastEdgeOf, stepsOf } from '../../profile/timeline';
import { chosenLabel, labelRows, type LabelRows } from './label-rows';

/** Values of one label that are shown; series over time are asked for as many. */
const VALUES_MAX = 200;
const POINTS = 120;

export interface LabelsAnswer {
  readonly labels: readonly LabelBreakdown[];
  /** Null where there are no labels. */
  readonly label: string | null;
  readonly rows: LabelRows | null;
  readonly isBusy: boolean;
  readonly error: Error | null;
  retry(): void;
}

/** All labels of what a target selects, and the values of one of them. */
export function useLabels(target: Target, wanted: string): LabelsAnswer {
  const overview = useAnswer(askBreakdown(target, { limit: 1 }), breakdown);
  const labels = useMemo(() => overview.data?.labels ?? [], [overview.data]);
  const label = chosenLabel(labels, wanted)?.label ?? null;
  const split = useAnswer(label === null ? null : askBreakdown(target, { label, limit: VALUES_MAX }), breakdown);

  const average = isGauge(parseProfileType(target.type));
  const { from, until } = target.stacks;
  const step = stepOf(target.stacks, POINTS);
  const steps = useMemo(() => stepsOf({ from, until }, step), [from, until, step]);
  const window = { from: edgeOf(steps, 0), until: Math.max(edgeOf(steps, 0), lastEdgeOf(steps)) };
  const options = { groupBy: label === null ? [] : [label], step, average, limit: VALUES_MAX };
  const series = useAnswer(label === null ? null : askSeries(target.type, target.selector, window, options), timeSeries);

  const rows = useMemo(() => {
    const found = split.data?.labels.at(0);
    if (!split.data || !found || found.label !== label || !series.data) return null;
    return labelRows({
      label: found,
      total: split.data.total,
      series: series.data,
      steps,
      isGauge: average,
      seconds: Math.max(0.001, (until - from) / 1000),
    });
  }, [split.data, series.data, label, steps, average, from, until]);
  const failed = [overview, split, series].find((answer) => answer.error !== null);
  return {
    labels,
    label,
    rows,
    isBusy: overview.isFetching || split.isFetching || series.isFetching,
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  };
}
