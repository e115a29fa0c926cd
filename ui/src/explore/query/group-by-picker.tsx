import { useMemo } from 'react';
import { askLabelNames, labelNames } from '../../api/labels';
import { useAnswer } from '../../api/use-answer';
import type { TimeRange } from '../../profile/time';
import { Picker, type PickerItem } from './picker';

export interface GroupByPickerProps {
  /** What the labels are of. */
  readonly matchers: readonly string[];
  readonly window: TimeRange;
  /** Label name; empty: not grouped. */
  readonly groupBy: string;
  readonly onPick: (label: string) => void;
}

const NONE: PickerItem = { id: '', title: 'nothing' };

/** The label whose values the timeline draws apart. */
export function GroupByPicker({ matchers, window, groupBy, onPick }: GroupByPickerProps) {
  const { data } = useAnswer(askLabelNames(matchers, window), labelNames);
  const items = useMemo(() => [NONE, ...(data ?? []).map((name) => ({ id: name, title: name }))], [data]);
  return (
    <Picker label="Group by" placeholder="A label …" items={items} onPick={onPick}>
      Group by {groupBy === '' ? 'nothing' : <strong>{groupBy}</strong>}
    </Picker>
  );
}
