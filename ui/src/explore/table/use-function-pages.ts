import type { FunctionPage, FunctionQuery, FunctionRow } from '../../api/functions';
import type { Question } from '../../api/question';
import type { Target } from '../../api/selection';
import type { RowWindow } from '../../ui/row-window';
import { useFunctionPage, type PageQuery } from './use-function-page';

/** Functions asked for at once. More than fit on any screen, so that a window of rows lies on at most two pages. */
export const PAGE = 200;

export interface FunctionPages {
  /** The first page: what all rows have in common (totals, counts), and the largest rows. Null until it is here. */
  readonly head: FunctionPage | null;
  /** Null where its page is still on the way. */
  readonly row: (index: number) => FunctionRow | null;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** The rows of a window, page by page: any number of functions is reachable, and only what is looked at is asked for. */
export function useFunctionPages(target: Target, sort: FunctionQuery['sort'], text: string, window: RowWindow): FunctionPages {
  const [upper, lower] = [pageOf(window.first), pageOf(Math.max(window.first, window.end - 1))];
  const query = (page: number): PageQuery => ({ sort, offset: page * PAGE, limit: PAGE, text });
  const head = useFunctionPage(target, query(0));
  const first = useFunctionPage(target, query(upper), (previous) => offsetOf(previous) === upper * PAGE);
  const last = useFunctionPage(target, query(lower), (previous) => offsetOf(previous) === lower * PAGE);
  const pages = new Map([
    [upper, first.data],
    [lower, last.data],
    [0, head.data],
  ]);
  return {
    head: head.data ?? null,
    row: (index) => pages.get(pageOf(index))?.functions[index % PAGE] ?? null,
    isBusy: head.isFetching || first.isFetching || last.isFetching,
    error: head.error ?? first.error ?? last.error,
    retry: () => [head, first, last].filter((page) => page.error !== null).forEach((page) => page.refetch()),
  };
}

const pageOf = (row: number): number => Math.floor(row / PAGE);

function offsetOf(question: Question): number {
  return Number(question.params?.find(([name]) => name === 'offset')?.[1]);
}
