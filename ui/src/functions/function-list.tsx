import { useCallback, useMemo, useState } from 'react';
import { askTop, topFunctions } from '../api/top';
import type { Target } from '../api/selection';
import { useAnswer } from '../api/use-answer';
import { useFunctionPages } from '../explore/table/use-function-pages';
import { useSettled } from '../explore/query/use-settled';
import { formatValue, grouped } from '../profile/units';
import { DataTable } from '../ui/data-table';
import type { RowWindow } from '../ui/row-window';
import { Empty, Failure, Pane } from '../ui/states';
import type { FunctionsState } from '../url/functions-state';
import { functionColumns } from './function-columns';
import { rankServices } from './service-parts';

/** Functions whose parts of services come with one question; parts of others are asked for as their rows are seen. */
const WITH_PARTS = 2000;
const TYPING_MILLIS = 200;

export function FunctionList({ target, state, change }: FunctionListProps) {
  const [seen, setSeen] = useState<RowWindow>({ first: 0, end: 0 });
  const onVisible = useCallback((first: number, end: number) => setSeen({ first, end }), []);
  const search = useSettled(state.search, TYPING_MILLIS);
  const pages = useFunctionPages(target, state.order.column as 'self' | 'total' | 'name', search, seen);
  const top = useAnswer(askTop(target, WITH_PARTS), topFunctions);
  const parts = useMemo(() => new Map(top.data?.functions.map((fn) => [fn.name, fn.services])), [top.data]);
  const ranks = useMemo(() => rankServices(top.data?.functions ?? []), [top.data]);
  const { head } = pages;
  const count = head?.matchCount ?? 0;
  if (pages.error) return <Failure error={pages.error} retry={pages.retry} />;
  return (
    <>
      <p className="functions-note" role="status">
        {head ? `${grouped(count)} of ${grouped(head.functionCount)} functions, ${formatValue(head.total, head.unit)} in all` : ''}
      </p>
      <Pane busy={pages.isBusy} label="Functions" className="functions-list">
        {head && count === 0 ? (
          <Empty title={`No function of this profile type has “${search}” in its name.`}>
            <button type="button" className="button button-small" onClick={() => change({ search: '' })}>
              Clear the search
            </button>
          </Empty>
        ) : head ? (
          <DataTable
            label="Functions of all services"
            columns={functionColumns({ head, state, target, parts: top.data ? parts : null, ranks })}
            rows={Array.from({ length: count }, (_, i) => (i >= seen.first && i < seen.end ? (pages.row(i) ?? undefined) : undefined))}
            rowKey={(row) => row.name}
            order={state.order}
            onOrder={({ column }) => change({ order: { column, descending: column !== 'name' } })}
            onVisible={onVisible}
          />
        ) : null}
      </Pane>
    </>
  );
}

interface FunctionListProps {
  readonly target: Target;
  readonly state: FunctionsState;
  change(patch: Partial<FunctionsState>): void;
}
