import { keepPreviousData, useQueries, useQuery, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query';
import { keyOf, type Question } from './question';
import { ServerError } from './server-error';
import { ask, type Answer } from './transport';

/** How an answer's bytes become a value. One object per kind, not one per render: its name is part of the cache key. */
export interface Decoder<T> {
  readonly name: string;
  decode(answer: Answer): T | Promise<T>;
}

export interface AnswerOptions {
  /**
   * Keeps the value of the question before until this one is answered (default). Off where another subject would be misread as this one,
   * or a test of the question before where only some are.
   */
  readonly keep?: boolean | ((previous: Question) => boolean);
  /** Milliseconds until the value is asked anew when it is shown again; default: never, since questions carry absolute times. */
  readonly stale?: number;
}

/** The answer to a question, or null as long as there is none to ask. The previous answer stays until the new one is here. */
export function useAnswer<T>(question: Question | null, decoder: Decoder<T>, options: AnswerOptions = {}): UseQueryResult<T> {
  return useQuery<T>(answerQuery(question, decoder, options));
}

/** Answers to as many questions of one kind as there are just now, in their order. */
export function useAnswers<T>(questions: readonly Question[], decoder: Decoder<T>): readonly UseQueryResult<T>[] {
  return useQueries({ queries: questions.map((question) => answerQuery(question, decoder, { keep: false })) });
}

/** The same as options of a query, for `useQueries`. */
export function answerQuery<T>(question: Question | null, decoder: Decoder<T>, options: AnswerOptions = {}): UseQueryOptions<T> {
  return {
    queryKey: [decoder.name, question === null ? '' : keyOf(question)],
    queryFn: async ({ signal }) => decoder.decode(await ask(question!, signal)),
    enabled: question !== null,
    staleTime: options.stale ?? Infinity,
    meta: { question },
    retry: (failures, error) => failures < 2 && error instanceof ServerError && error.isPassing,
    ...placeholder(options.keep ?? true),
  };
}

function placeholder<T>(keep: boolean | ((previous: Question) => boolean)): Pick<UseQueryOptions<T>, 'placeholderData'> {
  if (typeof keep === 'boolean') return keep ? { placeholderData: keepPreviousData } : {};
  return {
    placeholderData: (value, query) => {
      const previous = query?.meta?.['question'] as Question | null | undefined;
      return previous && keep(previous) ? value : undefined;
    },
  };
}

/** Decodes JSON of the shape `R`, which is what the server's documents promise. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the one place where JSON gets its type
export function json<T, R = T>(name: string, shape: (value: R) => T): Decoder<T> {
  return { name, decode: (answer) => shape(JSON.parse(new TextDecoder().decode(answer.bytes)) as R) };
}
