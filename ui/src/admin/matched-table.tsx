import type { Deletion } from '../api/deletion';
import { grouped } from '../profile/units';
import { DataTable } from '../ui/data-table';
import { Moment } from './moment';

/** What a deletion is of, by service and profile type. */
export function MatchedTable({ matched }: { readonly matched: Deletion['matched'] }) {
  return (
    <DataTable
      className="admin-table"
      label="What is deleted"
      rows={matched}
      rowKey={(row) => `${row.service} ${row.type}`}
      columns={[
        { id: 'service', title: 'Service', width: 'minmax(120px, 1fr)', render: (row) => row.service },
        { id: 'type', title: 'Profile type', width: 'minmax(200px, 2fr)', render: (row) => <span className="admin-mono">{row.type}</span> },
        { id: 'series', title: 'Series', width: '90px', numeric: true, render: (row) => grouped(row.series) },
        { id: 'rows', title: 'Rows', width: '110px', numeric: true, render: (row) => grouped(row.rows) },
        { id: 'from', title: 'First', width: '180px', numeric: true, render: (row) => <Moment time={row.from} /> },
        { id: 'until', title: 'Last', width: '180px', numeric: true, render: (row) => <Moment time={row.until} /> },
      ]}
    />
  );
}
