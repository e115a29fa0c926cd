import { useState } from 'react';
import { askFunctions, functionPage, type FunctionRow } from '../../api/functions';
import type { Target } from '../../api/selection';
import { ask } from '../../api/transport';
import { toast } from '../../app/toasts';
import { grouped } from '../../profile/units';
import { copyText } from '../../ui/copy-text';
import type { ViewProps } from '../view-props';
import { functionsCsv } from './csv';
import { matchingFunctions } from './matching-functions';
import { serverSearch } from './server-search';
import { useFunctionPage } from './use-function-page';
import { PAGE } from './use-function-pages';

/** How many functions match, and all of them as CSV. */
export function TableTools({ target, state, unit }: ViewProps) {
  const { data } = useFunctionPage(target, { sort: state.sort, offset: 0, limit: PAGE, text: state.search });
  const [copying, setCopying] = useState(false);
  const copy = async (): Promise<void> => {
    setCopying(true);
    try {
      const rows = await allRows(target, state);
      await copyText(functionsCsv(rows, unit), `${rows.length} functions as CSV`);
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error));
    } finally {
      setCopying(false);
    }
  };
  return (
    <div className="table-tools">
      <span role="status">{data ? told(data.matchCount, data.functionCount, state.search) : ''}</span>
      <button type="button" className="button button-small" disabled={copying || !data?.matchCount} onClick={() => void copy()}>
        Copy as CSV
      </button>
    </div>
  );
}

function told(matches: number, all: number, search: string): string {
  return search.trim() === '' ? `${grouped(all)} functions` : `${grouped(matches)} of ${grouped(all)} functions match “${search}”`;
}

/** As many as the server gives at once. */
const MOST = 10_000;

async function allRows(target: Target, { sort, search }: ViewProps['state']): Promise<readonly FunctionRow[]> {
  const asked = serverSearch(search);
  const rows: FunctionRow[] = [];
  for (;;) {
    const page = await functionPage.decode(await ask(askFunctions(target, { sort, offset: rows.length, limit: MOST, ...asked })));
    rows.push(...page.functions);
    if (page.functions.length > 0 && rows.length < page.matchCount) continue;
    return asked === null ? matchingFunctions({ ...page, functions: rows }, search).functions : rows;
  }
}
