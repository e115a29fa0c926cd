import type { Question } from './question';
import { rpc } from './question';
import { json, type Decoder } from './use-answer';

const SERVICE = 'debuginfo.v1alpha1.DebuginfoService';

/** Debug information of a binary that was uploaded. */
export interface Debuginfo {
  readonly buildId: string;
  readonly name: string;
  readonly isUploaded: boolean;
  /** ISO 8601; empty where it is not known. */
  readonly finishedAt: string;
  /** Bytes. */
  readonly size: number;
}

interface WireObject {
  readonly file?: { readonly gnuBuildId?: string; readonly goBuildId?: string; readonly otelFileId?: string; readonly name?: string };
  readonly state?: string;
  readonly finishedAt?: string;
  readonly sizeBytes?: string;
}

export const ASK_DEBUGINFO: Question = rpc(SERVICE, 'ListDebuginfo', {});
export const askDeleteDebuginfo = (gnuBuildId: string): Question => rpc(SERVICE, 'DeleteDebuginfo', { gnuBuildId });

export const debuginfo: Decoder<readonly Debuginfo[]> = json<readonly Debuginfo[], { object?: WireObject[] }>(
  'debuginfo',
  ({ object = [] }) =>
    object.map(({ file = {}, state, finishedAt = '', sizeBytes = '0' }) => ({
      buildId: file.gnuBuildId || file.goBuildId || file.otelFileId || '',
      name: file.name ?? '',
      isUploaded: state === 'STATE_UPLOADED',
      finishedAt,
      size: Number(sizeBytes),
    })),
);
