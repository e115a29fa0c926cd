import { Link } from 'wouter';
import type { FunctionPage, FunctionRow } from '../api/functions';
import type { Target } from '../api/selection';
import type { ServicePart } from '../api/top';
import { partsOf } from '../profile/packages';
import { formatShare } from '../profile/units';
import type { Column } from '../ui/data-table';
import { FunctionName } from '../ui/function-name';
import { Value } from '../ui/value';
import { encode } from '../url/codec';
import { functionSchema, type FunctionsScope } from '../url/functions-state';
import { functionHref } from '../url/links';
import { PartsBar, PartsOf } from './parts-bar';

export interface FunctionColumns {
  readonly head: FunctionPage;
  readonly state: FunctionsScope;
  readonly target: Target;
  /** Parts of services by function; null as long as they are on the way. */
  readonly parts: ReadonlyMap<string, readonly ServicePart[]> | null;
  readonly ranks: ReadonlyMap<string, number>;
}

export function functionColumns({ head, state, target, parts, ranks }: FunctionColumns): readonly Column<FunctionRow>[] {
  const { unit, total } = head;
  return [
    {
      id: 'name',
      title: 'Function',
      width: 'minmax(240px, 4fr)',
      sortable: true,
      render: ({ name }) => (
        <Link href={functionLink(name, state)} className="functions-name">
          <FunctionName name={name} />
        </Link>
      ),
    },
    {
      id: 'package',
      title: 'Package',
      width: 'minmax(100px, 1.2fr)',
      render: ({ name }) => <span className="functions-package">{partsOf(name).package}</span>,
    },
    { id: 'self', title: 'Self', width: '100px', numeric: true, sortable: true, render: (row) => <Value value={row.self} unit={unit} /> },
    {
      id: 'selfShare',
      title: 'Share of self',
      hideTitle: true,
      width: '72px',
      numeric: true,
      render: (row) => <span className="unit">{formatShare(row.self, total)}</span>,
    },
    {
      id: 'total',
      title: 'Total',
      width: '100px',
      numeric: true,
      sortable: true,
      render: (row) => <Value value={row.total} unit={unit} />,
    },
    {
      id: 'totalShare',
      title: 'Share of total',
      hideTitle: true,
      width: '72px',
      numeric: true,
      render: (row) => <span className="unit">{formatShare(row.total, total)}</span>,
    },
    {
      id: 'services',
      title: 'Services',
      width: 'minmax(200px, 1.6fr)',
      render: ({ name }) => {
        const known = parts?.get(name);
        if (known) return <PartsBar parts={known} ranks={ranks} />;
        return parts ? <PartsOf target={target} fn={name} ranks={ranks} /> : null;
      },
    },
  ];
}

/** A function's own page, with the same window and type. */
export function functionLink(name: string, { type, from, until }: FunctionsScope): string {
  const search = encode(functionSchema, { type, from, until, by: 'service_name' });
  return functionHref(name) + (search === '' ? '' : `?${search}`);
}
