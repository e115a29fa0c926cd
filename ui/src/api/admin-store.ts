import type { Question } from './question';
import { get } from './question';
import { json, type Decoder } from './use-answer';

/** A file of the store. Times in Unix milliseconds, sizes in bytes. */
export interface Block {
  readonly id: string;
  readonly tenant: string;
  readonly kind: 'log' | 'block' | 'rollup';
  /** 0 for logs. */
  readonly level: number;
  readonly firstMillis: number;
  readonly lastMillis: number;
  readonly serviceCount: number;
  /** At most 20 of them. */
  readonly services: readonly string[];
  readonly rows: number;
  readonly bytes: number;
  readonly createdMillis: number | null;
  /** Of rollups. */
  readonly resolutionSeconds?: number;
}

export interface BlockPage {
  readonly count: number;
  readonly matchCount: number;
  /** Of all that match. */
  readonly bytes: number;
  readonly rows: number;
  readonly blocks: readonly Block[];
}

export interface BlockQuery {
  readonly tenant: string;
  readonly service: string;
  readonly kind: string;
  readonly level: string;
  readonly offset: number;
  readonly limit: number;
}

export function askBlocks({ tenant, service, kind, level, offset, limit }: BlockQuery): Question {
  return get('api/v1/admin/blocks', [
    ['tenant', tenant || null],
    ['service', service || null],
    ['kind', kind || null],
    ['level', level || null],
    ['offset', offset],
    ['limit', limit],
  ]);
}

export const blockPage: Decoder<BlockPage> = json<BlockPage>('admin-blocks', (page) => page);

export interface TenantRow {
  readonly tenant: string;
  readonly firstMillis: number | null;
  readonly lastMillis: number | null;
  readonly services: number;
  readonly blocks: number;
  readonly blockBytes: number;
  readonly logBytes: number;
  readonly rows: number;
  /** Only those off their defaults, as text. */
  readonly limits: Readonly<Record<string, string>>;
}

export const ASK_TENANTS: Question = get('api/v1/admin/tenants');
export const tenantRows: Decoder<readonly TenantRow[]> = json<readonly TenantRow[], { tenants: TenantRow[] }>(
  'admin-tenants',
  (a) => a.tenants,
);

/** How long data is kept; seconds, 0: forever. */
export interface TenantRetention {
  readonly tenant: string;
  readonly seconds: number;
  readonly rollupSeconds: number;
  /** Bytes; 0: any number. */
  readonly bytesMax: number;
  readonly rules: readonly { readonly selector: string; readonly seconds: number }[];
  readonly services: readonly {
    readonly service: string;
    readonly seconds: number;
    /** Rules that reach only some of its series. */
    readonly someSeries: readonly { readonly selector: string; readonly seconds: number }[];
  }[];
}

export const ASK_RETENTION: Question = get('api/v1/admin/retention');
export const retention: Decoder<readonly TenantRetention[]> = json<readonly TenantRetention[], { tenants: TenantRetention[] }>(
  'admin-retention',
  (a) => a.tenants,
);

export interface Credential {
  readonly name: string;
  readonly kind: 'token' | 'user' | 'certificate';
  readonly scopes: readonly string[];
  readonly tenants: readonly string[];
}

export interface Tokens {
  readonly enabled: boolean;
  readonly issuer: string | null;
  readonly credentials: readonly Credential[];
}

export const ASK_TOKENS: Question = get('api/v1/admin/tokens');
export const tokens: Decoder<Tokens> = json<Tokens>('admin-tokens', (a) => a);
