import { ASK_TENANTS, tenantRows, type TenantRow } from '../api/admin-store';
import { useAnswer } from '../api/use-answer';
import { formatValue, grouped } from '../profile/units';
import { DataTable, type Column } from '../ui/data-table';
import { Moment } from './moment';
import { Answered, Section } from './section';

/** Who has data, how much, and which limits differ from the defaults. */
export default function TenantsSection() {
  const answer = useAnswer(ASK_TENANTS, tenantRows, { stale: 0 });
  return (
    <Section
      title="Tenants & limits"
      note="Limits are those that differ from the defaults; they are set in the configuration and in the runtime file."
    >
      <Answered answer={answer} label="Tenants">
        {(rows) =>
          rows.length === 0 ? (
            <p className="admin-none">No tenant has data yet.</p>
          ) : (
            <DataTable label="Tenants" columns={COLUMNS} rows={rows} rowKey={(row) => row.tenant} />
          )
        }
      </Answered>
    </Section>
  );
}

const COLUMNS: readonly Column<TenantRow>[] = [
  { id: 'tenant', title: 'Tenant', width: 'minmax(120px, 1fr)', render: (row) => <strong>{row.tenant}</strong> },
  { id: 'services', title: 'Services', width: '80px', numeric: true, render: (row) => grouped(row.services) },
  { id: 'blocks', title: 'Blocks', width: '80px', numeric: true, render: (row) => grouped(row.blocks) },
  { id: 'bytes', title: 'In blocks', width: '100px', numeric: true, render: (row) => formatValue(row.blockBytes, 'bytes') },
  { id: 'log', title: 'In the log', width: '100px', numeric: true, render: (row) => formatValue(row.logBytes, 'bytes') },
  { id: 'rows', title: 'Rows', width: '110px', numeric: true, render: (row) => grouped(row.rows) },
  { id: 'first', title: 'First', width: '180px', numeric: true, render: (row) => <Moment time={row.firstMillis} /> },
  { id: 'last', title: 'Last', width: '180px', numeric: true, render: (row) => <Moment time={row.lastMillis} /> },
  {
    id: 'limits',
    title: 'Limits',
    width: 'minmax(180px, 2fr)',
    render: ({ limits }) => {
      const text = Object.entries(limits).map(([name, value]) => `${name}: ${value}`);
      return (
        <span className="admin-mono" title={text.join('\n')}>
          {text.join(', ') || '–'}
        </span>
      );
    },
  },
];
