import { useQueries } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { Question } from '../../api/question';
import { answerQuery, type Decoder } from '../../api/use-answer';
import type { Frames } from '../../profile/frames';
import type { Parts } from './branches';

export interface AskedParts {
  readonly parts: Parts;
  readonly failed: ReadonlyMap<string, Error>;
  readonly wanted: ReadonlySet<string>;
  readonly isBusy: boolean;
  /** Asks for what lies below a branch, once. */
  readonly want: (key: string) => void;
}

/** Parts of a tree that were opened, each its own question: opening one never asks for another again. */
export function useParts(questionOf: (key: string) => Question, decoder: Decoder<Frames>): AskedParts {
  const [wanted, setWanted] = useState<readonly string[]>([]);
  const answers = useQueries({ queries: wanted.map((key) => answerQuery(questionOf(key), decoder, { keep: false })) });
  const parts = new Map<string, Frames>();
  const failed = new Map<string, Error>();
  for (const [i, { data, error }] of answers.entries()) {
    if (data) parts.set(wanted[i], data);
    if (error) failed.set(wanted[i], error);
  }
  const want = useCallback((key: string) => setWanted((keys) => (keys.includes(key) ? keys : [...keys, key])), []);
  return { parts, failed, wanted: new Set(wanted), isBusy: answers.some((answer) => answer.isFetching), want };
}
