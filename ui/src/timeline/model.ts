import type { TimeSeries } from '../api/series';
import type { Deploy } from '../profile/deploys';
import type { Millis } from '../profile/time';
import * as timeline from '../profile/timeline';

export interface TimelineSeries {
  /** The label's value; empty where the series has no such label, or where nothing is grouped. */
  readonly value: string;
  readonly title: string;
  readonly color: string;
  /** Per second; of gauges the mean. NaN where nobody sent. */
  readonly column: timeline.Column;
  readonly ghost: timeline.Column | null;
  readonly mean: number;
}

/** What a client or a limit noted about a moment. */
export interface Note {
  readonly time: Millis;
  readonly text: string;
}

export interface TimelineModel {
  /** Of the columns. */
  readonly steps: timeline.Steps;
  /** As the server was asked: selections snap to these. */
  readonly fine: timeline.Steps;
  readonly series: readonly TimelineSeries[];
  /** Of what the profile type counts, as `nanoseconds`. */
  readonly unit: string;
  readonly isGauge: boolean;
  readonly deploys: readonly Deploy[];
  readonly notes: readonly Note[];
  /** Groups that are in no series: those of gauges, whose means do not add up. */
  readonly left: number;
}

export interface ModelInput {
  readonly steps: timeline.Steps;
  readonly groupBy: string;
  readonly unit: string;
  readonly isGauge: boolean;
  /** Largest first; may be one more than are shown, which says that there are others. */
  readonly groups: readonly TimeSeries[];
  /** All groups together, where there are others. */
  readonly total: TimeSeries | null;
  /** Number of all groups, where there are others. */
  readonly groupCount: number;
  readonly ghosts: readonly TimeSeries[];
  readonly shift: Millis;
  readonly deploys: readonly Deploy[];
  readonly colors: readonly string[];
  /** Of what is no group of its own. */
  readonly otherColor: string;
}

export function modelOf(input: ModelInput): TimelineModel {
  const { steps, groupBy, isGauge, colors, groups } = input;
  const shown = groups.slice(0, colors.length).toSorted((a, b) => byName(valueOf(a, groupBy), valueOf(b, groupBy)));
  const raw = shown.map((group) => timeline.columnOf(group, steps));
  const wide = timeline.widened(steps, timeline.widthOf(raw, steps));
  const drawn = (column: timeline.Column): timeline.Column => timeline.widenColumn(column, steps, wide, isGauge);
  const rated = (column: timeline.Column): timeline.Column => (isGauge ? column : timeline.perSecond(column, wide.step));
  const columns = isGauge ? raw.map(drawn) : timeline.filled(raw.map(drawn)).map(rated);
  const ghostOf = (value: string): timeline.Column | null => {
    const ghost = input.ghosts.find((g) => valueOf(g, groupBy) === value);
    return ghost ? rated(drawn(timeline.columnOf(ghost, steps, input.shift))) : null;
  };
  const series = shown.map((group, i): TimelineSeries => {
    const value = valueOf(group, groupBy);
    const title = groupBy === '' ? 'all' : value === '' ? `no ${groupBy}` : `${groupBy} ${value}`;
    return { value, title, color: colors[i], column: columns[i], ghost: ghostOf(value), mean: timeline.meanOf(columns[i]) };
  });
  const others = Math.max(0, input.groupCount - shown.length);
  const hasOther = input.total !== null && !isGauge && others > 0;
  if (hasOther) {
    const column = timeline.otherOf(rated(drawn(timeline.columnOf(input.total, steps))), columns);
    series.push({ value: '', title: `other ${others}`, color: input.otherColor, column, ghost: null, mean: timeline.meanOf(column) });
  }
  return {
    steps: wide,
    fine: steps,
    series,
    unit: input.unit,
    isGauge,
    deploys: input.deploys,
    notes: notesOf(groups),
    left: hasOther ? 0 : others,
  };
}

export function valueOf(series: TimeSeries, label: string): string {
  return series.labels.find((l) => l.name === label)?.value ?? '';
}

/** By name, so that a series keeps its colour and place when another grows; 1.10 comes after 1.9. */
function byName(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}

/** Each text once per moment. */
function notesOf(groups: readonly TimeSeries[]): readonly Note[] {
  const notes = new Map<string, Note>();
  for (const { times, annotations } of groups) {
    for (const { index, key, value } of annotations) {
      const note = { time: times[index], text: value === '' ? key : value };
      notes.set(`${note.time} ${note.text}`, note);
    }
  }
  return [...notes.values()].sort((a, b) => a.time - b.time);
}
