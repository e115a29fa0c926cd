import { useMemo } from 'react';
import { askSeries, timeSeries } from '../api/series';
import { askServices, servicePage } from '../api/services';
import { useAnswer, useAnswers } from '../api/use-answer';
import { combined } from '../api/combined';
import { isGauge, parseProfileType } from '../profile/profile-type';
import { stepOf, type TimeRange } from '../profile/time';
import { mainTypes, serviceLines, type ServiceLine } from './service-rows';

/** Points of a trend. */
const POINTS = 60;

export function useServices(type: string, window: TimeRange, before: TimeRange): ServicesState {
  const now = useAnswer(type === '' ? null : askServices(type, window), servicePage);
  const earlier = useAnswer(type === '' ? null : askServices('', before), servicePage);
  const step = stepOf(window, POINTS);
  const types = useMemo(() => (now.data ? mainTypes(now.data, type) : []), [now.data, type]);
  const trends = combined(
    useAnswers(
      types.map((t) => askSeries(t, '{}', window, { groupBy: ['service_name'], step, average: isGauge(parseProfileType(t)) })),
      timeSeries,
    ),
  );
  const known = types.map((t, i) => ({ type: t, series: trends.values[i] ?? [] }));
  const lines = now.data ? serviceLines(now.data, earlier.data, known, type, window, step * 1000) : null;
  return {
    lines,
    isBusy: now.isFetching || earlier.isFetching || trends.isBusy,
    error: now.error ?? trends.error,
    retry: () => void now.refetch(),
  };
}

export interface ServicesState {
  readonly lines: readonly ServiceLine[] | null;
  readonly isBusy: boolean;
  readonly error: Error | null;
  retry(): void;
}
