import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { askFunctions, functionPage, type FunctionPage, type FunctionQuery } from '../../api/functions';
import type { Target } from '../../api/selection';
import { answerQuery, useAnswer } from '../../api/use-answer';

/** As many as the server gives at once. */
const MOST = 10_000;

export interface AllFunctions {
  /** One page with every function; null as long as some are on the way. */
  readonly page: FunctionPage | null;
  readonly isFetching: boolean;
  readonly error: Error | null;
  readonly refetch: () => void;
}

/** Every function of a selection, for searches that the server does not know. Null: none is asked for. */
export function useAllFunctions(target: Target | null, sort: FunctionQuery['sort']): AllFunctions {
  const head = useAnswer(target && askFunctions(target, { sort, offset: 0, limit: MOST }), functionPage);
  const offsets: number[] = [];
  if (target && head.data) for (let offset = MOST; offset < head.data.functionCount; offset += MOST) offsets.push(offset);
  const rest = useQueries({
    queries: offsets.map((offset) => answerQuery(askFunctions(target!, { sort, offset, limit: MOST }), functionPage)),
    combine: (answers) => ({
      pages: answers.map((answer) => answer.data),
      isFetching: answers.some((answer) => answer.isFetching),
      error: answers.find((answer) => answer.error)?.error ?? null,
      refetch: () => answers.forEach((answer) => void answer.refetch()),
    }),
  });
  const page = useMemo(() => {
    if (!head.data || rest.pages.includes(undefined)) return null;
    return { ...head.data, functions: [head.data, ...rest.pages].flatMap((part) => part?.functions ?? []) };
  }, [head.data, rest.pages]);
  return {
    page,
    isFetching: head.isFetching || rest.isFetching,
    error: head.error ?? rest.error,
    refetch: () => {
      void head.refetch();
      rest.refetch();
    },
  };
}
