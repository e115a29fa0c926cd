import { useMemo } from 'react';
import { askFunctions, functionPage, type FunctionPage, type FunctionQuery } from '../../api/functions';
import type { Question } from '../../api/question';
import type { Target } from '../../api/selection';
import { useAnswer } from '../../api/use-answer';
import { matchingFunctions } from './matching-functions';
import { serverSearch } from './server-search';
import { useAllFunctions } from './use-all-functions';

export interface PageQuery {
  readonly sort: FunctionQuery['sort'];
  readonly offset: number;
  readonly limit: number;
  /** As typed into the search. */
  readonly text: string;
}

export interface PageAnswer {
  readonly data: FunctionPage | undefined;
  readonly isFetching: boolean;
  readonly error: Error | null;
  readonly refetch: () => void;
}

/** A page of the functions that match a search: counted by the server where it knows the search, else picked here from all of them. */
export function useFunctionPage(target: Target, query: PageQuery, keep: boolean | ((previous: Question) => boolean) = true): PageAnswer {
  const { sort, offset, limit, text } = query;
  const search = serverSearch(text);
  const remote = useAnswer(search && askFunctions(target, { sort, offset, limit, ...search }), functionPage, { keep });
  const isLocal = search === null;
  const all = useAllFunctions(isLocal ? target : null, sort);
  const local = useMemo(
    () => (isLocal && all.page ? slice(all.page, text, offset, limit) : null),
    [isLocal, all.page, text, offset, limit],
  );
  if (isLocal) return { ...all, data: local?.data, error: all.error ?? local?.error ?? null };
  return { data: remote.data, isFetching: remote.isFetching, error: remote.error, refetch: () => void remote.refetch() };
}

function slice(all: FunctionPage, text: string, offset: number, limit: number): Pick<PageAnswer, 'data' | 'error'> {
  try {
    const page = matchingFunctions(all, text);
    return { data: { ...page, functions: page.functions.slice(offset, offset + limit) }, error: null };
  } catch (error) {
    return { data: undefined, error: error instanceof Error ? error : new Error(String(error)) };
  }
}
