import { useQueries } from '@tanstack/react-query';
import { keyOf, type Question } from './question';
import { ServerError } from './server-error';
import { ask } from './transport';
import type { Decoder } from './use-answer';

/** Answers to several questions of one kind, in their order; those that are not here yet are undefined. */
export interface Answers<T> {
  readonly values: readonly (T | undefined)[];
  readonly isBusy: boolean;
  /** The first that failed. */
  readonly error: Error | null;
}

export function useAnswers<T>(questions: readonly Question[], decoder: Decoder<T>): Answers<T> {
  return useQueries({
    queries: questions.map((question) => ({
      queryKey: [decoder.name, keyOf(question)],
      queryFn: async ({ signal }: { signal: AbortSignal }) => decoder.decode(await ask(question, signal)),
      retry: (failures: number, error: Error) => failures < 2 && error instanceof ServerError && error.isPassing,
      meta: { question },
    })),
    combine,
  });
}

function combine<T>(
  results: readonly { readonly data?: T | undefined; readonly isFetching: boolean; readonly error: Error | null }[],
): Answers<T> {
  return {
    values: results.map((result) => result.data),
    isBusy: results.some((result) => result.isFetching),
    error: results.find((result) => result.error)?.error ?? null,
  };
}
