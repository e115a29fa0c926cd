import type { Question } from './question';
import { get } from './question';
import { json, type Decoder } from './use-answer';

/** Limits of the tenant that pages speak of; 0: none. */
export interface TenantLimits {
  /** Bytes. */
  readonly maxProfileSize: number;
}

export const ASK_LIMITS: Question = get('api/v1/tenant_limits');

export const tenantLimits: Decoder<TenantLimits> = json<TenantLimits, { max_profile_size_bytes?: number }>(
  'tenant-limits',
  ({ max_profile_size_bytes = 0 }) => ({ maxProfileSize: max_profile_size_bytes }),
);
