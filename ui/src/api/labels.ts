import type { Matcher } from '../profile/selector';
import type { TimeRange } from '../profile/time';
import type { Question } from './question';
import { askWindow } from './selection';
import { json, type Decoder } from './use-answer';

export interface LabelPair {
  readonly name: string;
  readonly value: string;
}

/** Profile types by service, both sorted by name. */
export type ServiceTypes = ReadonlyMap<string, readonly string[]>;

const TYPE = '__profile_type__';

export function askServiceTypes(window: TimeRange): Question {
  return askWindow('Series', window, { matchers: [], labelNames: ['service_name', TYPE] });
}

export const serviceTypes: Decoder<ServiceTypes> = json<ServiceTypes, { labelsSet?: { labels?: LabelPair[] }[] }>(
  'service-types',
  (answer) => {
    const services = new Map<string, string[]>();
    for (const { labels = [] } of answer.labelsSet ?? []) {
      const service = labels.find((l) => l.name === 'service_name')?.value;
      const type = labels.find((l) => l.name === TYPE)?.value;
      if (service === undefined || type === undefined) continue;
      const types = services.get(service) ?? [];
      if (!types.includes(type)) types.push(type);
      services.set(service, types);
    }
    return new Map([...services].sort(([a], [b]) => a.localeCompare(b)).map(([service, types]) => [service, types.sort()]));
  },
);

/** Names of labels of what matches; private ones (`__…__`) are left out. */
export function askLabelNames(matchers: readonly string[], window: TimeRange): Question {
  return askWindow('LabelNames', window, { matchers });
}

export const labelNames: Decoder<readonly string[]> = json<readonly string[], { names?: string[] }>('label-names', (answer) =>
  (answer.names ?? []).filter((name) => !name.startsWith('__')),
);

export function askLabelValues(name: string, matchers: readonly string[], window: TimeRange): Question {
  return askWindow('LabelValues', window, { name, matchers });
}

export const labelValues: Decoder<readonly string[]> = json<readonly string[], { names?: string[] }>(
  'label-values',
  (answer) => answer.names ?? [],
);

export interface LabelSet {
  readonly labels: readonly LabelPair[];
}

/** Distinct sets of these labels of what matches. */
export function askLabelSets(names: readonly string[], matchers: readonly string[], window: TimeRange): Question {
  return askWindow('Series', window, { matchers, labelNames: names });
}

export const labelSets: Decoder<readonly LabelSet[]> = json<readonly LabelSet[], { labelsSet?: { labels?: LabelPair[] }[] }>(
  'label-sets',
  (answer) => (answer.labelsSet ?? []).map(({ labels = [] }) => ({ labels })),
);

/** Profiles of a type, as a matcher. */
export function ofType(type: string): Matcher {
  return { label: TYPE, operator: '=', value: type };
}
