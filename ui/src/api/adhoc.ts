import { rpc, type Question } from './question';
import { json, type Decoder } from './use-answer';

const SERVICE = 'adhocprofiles.v1.AdHocProfileService';

/** A file that was uploaded to be looked at, beside the profiles. */
export interface AdHocFile {
  readonly id: string;
  readonly name: string;
  /** Unix milliseconds. */
  readonly uploadedAt: number;
}

export const ASK_FILES: Question = rpc(SERVICE, 'List', {});

/** Latest first. */
export const adHocFiles: Decoder<readonly AdHocFile[]> = json<
  readonly AdHocFile[],
  { profiles?: { id?: string; name?: string; uploadedAt?: string }[] }
>('ad-hoc-files', (answer) =>
  (answer.profiles ?? []).map((p) => ({ id: p.id ?? '', name: p.name ?? '', uploadedAt: Number(p.uploadedAt ?? 0) })),
);
