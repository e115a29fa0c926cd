import type { Question } from './question';
import { json, type Decoder } from './use-answer';

/** What is to be deleted, as typed. */
export interface DeletionRequest {
  /** A selector; a profile type may stand in front. Empty only where `all` is set. */
  readonly query: string;
  readonly all: boolean;
  readonly from: string;
  readonly until: string;
}

/** What was deleted, or would be. */
export interface Deletion {
  readonly dryRun: boolean;
  readonly series: number;
  readonly rows: number;
  readonly blocks: number;
  readonly bytesBefore: number;
  readonly matched: readonly {
    readonly service: string;
    readonly type: string;
    readonly series: number;
    readonly rows: number;
    /** Unix milliseconds. */
    readonly from: number;
    readonly until: number;
  }[];
}

export function askDeletion({ query, all, from, until }: DeletionRequest, dryRun: boolean): Question {
  const what = all ? (['all', 'true'] as const) : (['query', query] as const);
  const end = until.trim() === '' ? [] : [['until', until] as const];
  return { method: 'POST', path: 'api/v1/delete', params: [what, ['from', from], ...end, ['dryRun', String(dryRun)]] };
}

export const deletion: Decoder<Deletion> = json<Deletion>('deletion', (answer) => answer);
