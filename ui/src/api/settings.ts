import type { Question } from './question';
import { rpc } from './question';
import { json, type Decoder } from './use-answer';

const SERVICE = 'settings.v1.SettingsService';

/** What user interfaces remember of a tenant: everybody of the tenant sees it. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  /** Unix milliseconds. */
  readonly modifiedAt: number;
}

interface WireSetting {
  readonly name?: string;
  readonly value?: string;
  readonly modifiedAt?: string;
}

export const askSettings = (): Question => rpc(SERVICE, 'Get', {});

/** `modifiedAt` says which one is newer: the server answers 409 to an older one. */
export function askSet(name: string, value: string, modifiedAt: number): Question {
  return rpc(SERVICE, 'Set', { setting: { name, value, modifiedAt: String(modifiedAt) } });
}

export const askDelete = (name: string): Question => rpc(SERVICE, 'Delete', { name });

export const settings: Decoder<readonly Setting[]> = json<readonly Setting[], { settings?: WireSetting[] }>('settings', (answer) =>
  (answer.settings ?? []).map(({ name = '', value = '', modifiedAt = '0' }) => ({ name, value, modifiedAt: Number(modifiedAt) })),
);
