import { useMemo } from 'react';
import { askLabelNames, askLabelValues, labelNames, labelValues, ofType } from '../api/labels';
import type { Target } from '../api/selection';
import { askSeries, timeSeries, type TimeSeries } from '../api/series';
import { useAnswer } from '../api/use-answer';
import { deploysOf, VERSION_LABELS } from '../profile/deploys';
import { isGauge, parseProfileType } from '../profile/profile-type';
import { formatSelector, parseSelector } from '../profile/selector';
import { stepOf, type TimeRange } from '../profile/time';
import { columnOf, edgeOf, lastEdgeOf, stepsOf, type Steps } from '../profile/timeline';
import { ghostShift, type Ghost } from './ghost';
import { modelOf, valueOf, type TimelineModel } from './model';

/** Steps in a window: about one in six pixels of a wide screen. */
const POINTS = 240;
const VERSIONS_MAX = 50;
const NONE: readonly TimeSeries[] = [];

export interface TimelineColors {
  readonly series: readonly string[];
  readonly other: string;
}

export interface TimelineAnswer {
  /** Null until the first answer. */
  readonly model: TimelineModel | null;
  readonly isBusy: boolean;
  readonly error: Error | null;
  retry(): void;
}

/** Values over the window of a target, with what is drawn behind and marked in them. */
export function useTimeline(target: Target, groupBy: string, ghost: Ghost, colors: TimelineColors): TimelineAnswer {
  const type = parseProfileType(target.type);
  const average = isGauge(type);
  const { steps, window, step } = useSteps(target.window);
  const most = colors.series.length;
  const by = groupBy === '' ? [] : [groupBy];
  const ask = (over: TimeRange, labels: readonly string[], limit: number): ReturnType<typeof askSeries> =>
    askSeries(target.type, target.selector, over, { groupBy: labels, step, average, limit });

  const groups = useAnswer(ask(window, by, most + 1), timeSeries);
  const hasOthers = (groups.data?.length ?? 0) > most;
  const total = useAnswer(hasOthers ? ask(window, [], 1) : null, timeSeries);
  const matchers = [formatSelector([...parseSelector(target.selector).matchers, ofType(target.type)])];
  const values = useAnswer(hasOthers ? askLabelValues(groupBy, matchers, window) : null, labelValues);
  const shift = ghostShift(ghost, window, steps.step);
  const earlier: TimeRange = { from: window.from - shift, until: window.until - shift };
  const ghosts = useAnswer(ghost === 'none' ? null : ask(earlier, by, most), timeSeries, { keep: false });
  const names = useAnswer(askLabelNames(matchers, window), labelNames);
  const versionLabel = VERSION_LABELS.find((name) => names.data?.includes(name)) ?? null;
  const versions = useAnswer(versionLabel === null ? null : ask(window, [versionLabel], VERSIONS_MAX), timeSeries);

  const deploys = useMemo(() => {
    const seen = versions.data ?? NONE;
    return deploysOf(
      seen.map((s) => ({ version: valueOf(s, versionLabel ?? ''), column: columnOf(s, steps) })),
      steps,
    );
  }, [versions.data, versionLabel, steps]);
  const model = useMemo(
    () =>
      groups.data === undefined
        ? null
        : modelOf({
            steps,
            groupBy,
            unit: type.sampleUnit,
            isGauge: average,
            groups: groups.data,
            total: total.data?.at(0) ?? null,
            groupCount: hasOthers ? Math.max(values.data?.length ?? 0, groups.data.length) : groups.data.length,
            ghosts: ghosts.data ?? NONE,
            shift,
            deploys,
            colors: colors.series,
            otherColor: colors.other,
          }),
    [steps, groupBy, type.sampleUnit, average, groups.data, total.data, values.data, hasOthers, ghosts.data, shift, deploys, colors],
  );
  const { error, isFetching, refetch } = groups;
  return { model, isBusy: isFetching, error, retry: () => void refetch() };
}

interface AskedSteps {
  readonly steps: Steps;
  /** From the first edge to the last: the server's steps begin at the start that it is asked with. */
  readonly window: TimeRange;
  /** Seconds. */
  readonly step: number;
}

function useSteps({ from, until }: TimeRange): AskedSteps {
  return useMemo(() => {
    const step = stepOf({ from, until }, POINTS);
    const steps = stepsOf({ from, until }, step);
    return { steps, step, window: { from: edgeOf(steps, 0), until: Math.max(edgeOf(steps, 0), lastEdgeOf(steps)) } };
  }, [from, until]);
}
