import { useMemo } from 'react';
import { askLabelNames, labelNames } from '../api/labels';
import { askMovers, movers } from '../api/movers';
import { askSeries, timeSeries } from '../api/series';
import { useAnswer, useAnswers } from '../api/use-answer';
import { combined } from '../api/combined';
import { stepOf, type TimeRange } from '../profile/time';
import type { Baseline } from '../url/overview-state';
import { serviceSelector } from '../url/links';
import { baselineWindow, lastVersions, VERSION_LABELS } from './baseline';
import { ranked, rowsByTime, rowsByVersion, type MoverRow } from './mover-rows';

export interface MoversState {
  readonly rows: readonly MoverRow[] | null;
  readonly unit: string;
  /** Why there are none, where that can be told. */
  readonly missing: 'before' | 'versions' | null;
  readonly isBusy: boolean;
  readonly error: Error | null;
}

const SHOWN = 100;
/** Services of which versions are compared: one question each. */
const SERVICES = 16;

export function useMovers(type: string, window: TimeRange, baseline: Baseline): MoversState {
  const byTime = useMoversByTime(baseline === 'version' ? '' : type, window, baseline);
  const byVersion = useMoversByVersion(baseline === 'version' ? type : '', window);
  return baseline === 'version' ? byVersion : byTime;
}

function useMoversByTime(type: string, after: TimeRange, baseline: Baseline): MoversState {
  const before = baselineWindow(after, baseline);
  const question =
    type === '' ? null : askMovers(type, { selector: '{}', window: before }, { selector: '{}', window: after }, 'rate', SHOWN);
  const { data, error, isFetching } = useAnswer(question, movers);
  return {
    rows: data ? rowsByTime(data, type, before, after) : null,
    unit: data?.right.unit ?? '',
    missing: data?.left.total === 0 ? 'before' : null,
    isBusy: isFetching,
    error,
  };
}

function useMoversByVersion(type: string, window: TimeRange): MoversState {
  const names = useAnswer(type === '' ? null : askLabelNames([], window), labelNames);
  const label = VERSION_LABELS.find((l) => names.data?.includes(l)) ?? '';
  const options = { groupBy: ['service_name', label], step: stepOf(window, 120), average: false };
  const series = useAnswer(type === '' || label === '' ? null : askSeries(type, '{}', window, options), timeSeries, { keep: false });
  const versions = useMemo(() => lastVersions(series.data ?? [], label).slice(0, SERVICES), [series.data, label]);
  const answers = combined(
    useAnswers(
      versions.map(({ service, before, after }) =>
        askMovers(
          type,
          { selector: serviceSelector(service, [[label, before]]), window },
          { selector: serviceSelector(service, [[label, after]]), window },
          'share',
          SHOWN,
        ),
      ),
      movers,
    ),
  );
  const isKnown = names.data !== undefined && (label === '' || series.data !== undefined);
  const here = versions.flatMap((v, i) => {
    const answer = answers.values.at(i);
    return answer ? [rowsByVersion(answer, type, window, label, v)] : [];
  });
  return {
    rows: isKnown ? ranked(here.flat(), SHOWN) : null,
    unit: answers.values.find((a) => a !== undefined)?.right.unit ?? '',
    missing: isKnown && versions.length === 0 ? 'versions' : null,
    isBusy: names.isFetching || series.isFetching || answers.isBusy,
    error: names.error ?? series.error ?? answers.error,
  };
}
