import type { Question } from './question';
import { rpc } from './question';
import { QUERIER } from './selection';
import { json, type Decoder } from './use-answer';

/** Whether there is any data, and from when to when in Unix milliseconds. */
export interface ProfileStats {
  readonly hasData: boolean;
  readonly oldest: number;
  readonly newest: number;
}

export const askProfileStats = (): Question => rpc(QUERIER, 'GetProfileStats', {});

export const profileStats: Decoder<ProfileStats> = json<
  ProfileStats,
  { dataIngested?: boolean; oldestProfileTime?: string; newestProfileTime?: string }
>('profile-stats', ({ dataIngested = false, oldestProfileTime = '0', newestProfileTime = '0' }) => ({
  hasData: dataIngested,
  oldest: Number(oldestProfileTime),
  newest: Number(newestProfileTime),
}));
