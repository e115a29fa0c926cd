import { useMemo, useState } from 'react';
import type { FileFunctions } from '../api/file-functions';
import type { FunctionRow } from '../api/functions';
import { formatShare } from '../profile/units';
import { DataTable, type Column } from '../ui/data-table';
import { FunctionName } from '../ui/function-name';
import { sortRows, type Order } from '../ui/order';
import { Value } from '../ui/value';

/** The functions of a file; a click marks one in the graph. Plain text of the search filters it, as it does the graph. */
export function FileTable({ answer, fn, search, onChoose }: FileTableProps) {
  const [order, setOrder] = useState<Order>({ column: 'self', descending: true });
  const rows = useMemo(() => {
    const wanted = /^[/!]|^(pkg|file):/.test(search) ? '' : search.trim().toLowerCase();
    const found = answer.functions.filter((row) => row.name.toLowerCase().includes(wanted));
    return sortRows(found, order.descending, (row) =>
      order.column === 'name' ? row.name : order.column === 'total' ? row.total : row.self,
    );
  }, [answer, search, order]);
  return (
    <DataTable
      label="Functions"
      columns={columns(answer, fn, onChoose)}
      rows={rows}
      rowKey={(row) => row.name}
      order={order}
      onOrder={setOrder}
    />
  );
}

function columns({ unit, total }: FileFunctions, fn: string | null, onChoose: (fn: string) => void): readonly Column<FunctionRow>[] {
  return [
    {
      id: 'name',
      title: 'Function',
      width: 'minmax(120px, 1fr)',
      sortable: true,
      render: ({ name }) => (
        <button type="button" className="open-file-function" aria-pressed={name === fn} onClick={() => onChoose(name)}>
          <FunctionName name={name} />
        </button>
      ),
    },
    { id: 'self', title: 'Self', width: '88px', numeric: true, sortable: true, render: ({ self }) => <Value value={self} unit={unit} /> },
    {
      id: 'total',
      title: 'Total',
      width: '76px',
      numeric: true,
      sortable: true,
      render: (row) => formatShare(row.total, total),
    },
  ];
}

interface FileTableProps {
  readonly answer: FileFunctions;
  readonly fn: string | null;
  readonly search: string;
  onChoose(fn: string): void;
}
