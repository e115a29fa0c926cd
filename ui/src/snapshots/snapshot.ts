import type { QueryClient } from '@tanstack/react-query';
import { keyOf, type Question } from '../api/question';
import { ServerError } from '../api/server-error';
import { askServer, type Answer, type Transport } from '../api/transport';

/** A view with the answers behind it, as the server keeps it: nothing in it has to be asked again. */
export interface Snapshot {
  readonly title: string;
  /** Path and parameters of the page, without the path prefix: `explore?type=…`. */
  readonly address: string;
  /** What `now` meant. */
  readonly nowMillis: number;
  readonly parts: readonly SnapshotPart[];
}

export interface SnapshotPart {
  /** `keyOf` its question. */
  readonly key: string;
  readonly type: string;
  /** Base64. */
  readonly body: string;
}

/** Asks again what the present view shows: the same questions with the same times, whose answers the server still has at hand. */
export async function freeze(client: QueryClient, title: string, address: string, nowMillis: number): Promise<Snapshot> {
  const questions = new Map<string, Question>();
  for (const query of client.getQueryCache().findAll({ type: 'active' })) {
    const question = query.meta?.['question'] as Question | null | undefined;
    if (question && query.state.status === 'success') questions.set(keyOf(question), question);
  }
  const parts = await Promise.all(
    [...questions].map(async ([key, question]) => {
      const { bytes, type } = await askServer(question);
      return { key, type, body: toBase64(bytes) };
    }),
  );
  return { title, address, nowMillis, parts: parts.sort((a, b) => (a.key < b.key ? -1 : 1)) };
}

/** Answers from the snapshot alone. What is not in it is said to be missing, never asked of today's data. */
export function frozenTransport(snapshot: Snapshot): Transport {
  const parts = new Map(snapshot.parts.map((part) => [part.key, part]));
  return (question): Promise<Answer> => {
    const part = parts.get(keyOf(question));
    if (!part)
      return Promise.reject(
        new ServerError(404, 'not_frozen', 'This is not part of the snapshot: it keeps what was on the screen when it was taken.'),
      );
    return Promise.resolve({ bytes: fromBase64(part.body), type: part.type, cost: null });
  };
}

/** In pieces, since a call takes only so many arguments. */
export function toBase64(bytes: Uint8Array): string {
  const PIECE = 0x8000;
  let binary = '';
  for (let at = 0; at < bytes.length; at += PIECE) binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(binary);
}

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}
