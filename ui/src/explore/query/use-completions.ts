import { useMemo } from 'react';
import { askLabelNames, askLabelValues, labelNames, labelValues, ofType } from '../../api/labels';
import { useAnswer } from '../../api/use-answer';
import { formatSelector } from '../../profile/selector';
import type { CompletionPlace } from '../../profile/selector-completion';
import type { TimeRange } from '../../profile/time';
import { fitting, type Completion } from './completions';

export interface Completions {
  readonly items: readonly Completion[];
  readonly isBusy: boolean;
}

/** What fits at a place: labels and values that the other matchers leave, so that what is chosen has data. */
export function useCompletions(place: CompletionPlace | null, type: string, window: TimeRange): Completions {
  const matchers = place === null ? [] : [formatSelector(type === '' ? place.others : [...place.others, ofType(type)])];
  const names = useAnswer(place?.kind === 'label' ? askLabelNames(matchers, window) : null, labelNames, { keep: false });
  const values = useAnswer(place?.kind === 'value' ? askLabelValues(place.label, matchers, window) : null, labelValues, { keep: false });
  const items = useMemo(
    () => (place === null ? [] : fitting(place, names.data ?? [], values.data ?? [])),
    [place, names.data, values.data],
  );
  return { items, isBusy: names.isFetching || values.isFetching };
}
