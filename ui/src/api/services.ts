import type { TimeRange } from '../profile/time';
import type { Question } from './question';
import { get } from './question';
import { json, type Decoder } from './use-answer';

/** What is stored of a service in a window. */
export interface ServiceRow {
  readonly service: string;
  readonly series: number;
  /** Different values of the labels that tell instances apart (pod, host …); 0 where no series has one. */
  readonly instances: number;
  /** Unix milliseconds of the last profile. */
  readonly lastMillis: number;
  readonly types: readonly { readonly type: string; readonly unit: string; readonly total: number }[];
  /** The function with the largest self, of the type that was asked for. */
  readonly hottest: { readonly function: string; readonly self: number; readonly total: number } | null;
}

export interface ServicePage {
  readonly serviceCount: number;
  readonly matchCount: number;
  readonly services: readonly ServiceRow[];
}

const MOST = 10_000;

export function askServices(type: string, window: TimeRange): Question {
  return get('api/v1/services', [
    ['from', window.from],
    ['until', window.until],
    ['type', type || null],
    ['limit', MOST],
  ]);
}

export const servicePage: Decoder<ServicePage> = json<ServicePage>('services', (page) => page);
