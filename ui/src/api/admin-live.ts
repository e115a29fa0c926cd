import type { Question } from './question';
import { get } from './question';
import { json, type Decoder } from './use-answer';

export interface Rate {
  readonly profilesPerSecond: number;
  readonly bytesPerSecond: number;
}

/** What a tenant sends. Discarded: since the server started. */
export interface TenantIngest {
  readonly tenant: string;
  readonly lastMinute: Rate;
  readonly lastFiveMinutes: Rate;
  readonly lastFifteenMinutes: Rate;
  /** Unix milliseconds at which the first step begins. */
  readonly startMillis: number;
  /** Per step. */
  readonly profiles: readonly number[];
  readonly bytes: readonly number[];
  readonly discarded: readonly { readonly reason: string; readonly count: number; readonly bytes: number; readonly lastMillis: number }[];
}

export interface Ingest {
  readonly stepSeconds: number;
  readonly tenants: readonly TenantIngest[];
}

export const ASK_INGEST: Question = get('api/v1/admin/ingest');
export const ingest: Decoder<Ingest> = json<Ingest>('admin-ingest', (a) => a);

/** A merge of logs or blocks; logs are of all tenants and have no window. */
export interface Job {
  readonly id: string;
  readonly tenant: string;
  readonly level: number;
  readonly windowStartMillis?: number;
  readonly windowEndMillis?: number;
  readonly logs: number;
  readonly blocks: number;
  readonly bytes: number;
}

export interface Compaction {
  readonly running: (Job & { readonly startedMillis: number }) | null;
  readonly levels: readonly { readonly level: number; readonly waiting: number; readonly failed: number; readonly done: number }[];
  readonly waiting: readonly Job[];
  readonly failed: readonly (Job & {
    readonly failures: number;
    readonly failedMillis: number;
    readonly retryMillis: number;
    readonly reason: string;
  })[];
  readonly done: readonly {
    readonly finishedMillis: number;
    readonly tenants: readonly string[];
    readonly level: number;
    readonly sources: number;
    readonly blocks: number;
    readonly rows: number;
    readonly duplicateRows: number;
    readonly sourceBytes: number;
    readonly writtenBytes: number;
    readonly millis: number;
  }[];
}

export const ASK_COMPACTION: Question = get('api/v1/admin/compaction');
export const compaction: Decoder<Compaction> = json<Compaction>('admin-compaction', (a) => a);

/** A question that was asked, and what answering it read. */
export interface AskedQuery {
  readonly timeMillis: number;
  readonly tenants: readonly string[];
  readonly route: string;
  /** Name of the credential; null where nobody is asked. */
  readonly caller: string | null;
  readonly selector: string | null;
  readonly fromMillis: number | null;
  readonly untilMillis: number | null;
  readonly millis: number;
  readonly chains: number;
  readonly blocks: number;
  readonly rollups: number;
  readonly rows: number;
  readonly tiles: number;
  readonly memoryBytes: number;
  /** Whether the answer was kept from an equal question. */
  readonly kept: boolean;
  readonly status: number;
}

export const askQueries = (limit: number): Question => get('api/v1/admin/queries', [['limit', limit]]);
export const askedQueries: Decoder<readonly AskedQuery[]> = json<readonly AskedQuery[], { queries: AskedQuery[] }>(
  'admin-queries',
  (a) => a.queries,
);
