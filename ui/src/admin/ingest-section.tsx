import { ASK_INGEST, ingest, type Rate, type TenantIngest } from '../api/admin-live';
import { formatRate, formatValue, grouped } from '../profile/units';
import { DataTable, type Column } from '../ui/data-table';
import { Sparkline } from '../ui/sparkline';
import { Moment } from './moment';
import { Answered, Section } from './section';
import { useLive } from './use-live';

/** What comes in, by tenant, and what was refused. */
export default function IngestSection() {
  const answer = useLive(ASK_INGEST, ingest);
  return (
    <Section title="Ingest" note="Profiles and bytes that tenants send, and what was refused since the server started. Every 10 s.">
      <Answered answer={answer} label="Ingest">
        {({ tenants, stepSeconds }) =>
          tenants.length === 0 ? (
            <p className="admin-none">Nothing was sent since the server started.</p>
          ) : (
            <>
              <h2>Rates</h2>
              <DataTable
                className="admin-table"
                label="Rates by tenant"
                columns={rateColumns(stepSeconds)}
                rows={tenants}
                rowKey={(row) => row.tenant}
                rowHeight={30}
              />
              <h2>Refused</h2>
              <Refused tenants={tenants} />
            </>
          )
        }
      </Answered>
    </Section>
  );
}

function rateColumns(stepSeconds: number): readonly Column<TenantIngest>[] {
  const profiles = (id: string, title: string, rate: (row: TenantIngest) => Rate): Column<TenantIngest> => ({
    id,
    title,
    width: '190px',
    numeric: true,
    render: (row) => `${rate(row).profilesPerSecond.toFixed(2)} · ${formatRate(rate(row).bytesPerSecond, 'bytes')}`,
  });
  return [
    { id: 'tenant', title: 'Tenant', width: 'minmax(120px, 1fr)', render: (row) => row.tenant },
    {
      id: 'trend',
      title: `Profiles, ${Math.round((90 * stepSeconds) / 60)} min`,
      width: '220px',
      render: (row) => <Sparkline values={row.profiles} width={200} label={`Profiles of ${row.tenant} over time`} />,
    },
    profiles('one', '1 min, /s', (row) => row.lastMinute),
    profiles('five', '5 min, /s', (row) => row.lastFiveMinutes),
    profiles('fifteen', '15 min, /s', (row) => row.lastFifteenMinutes),
  ];
}

function Refused({ tenants }: { readonly tenants: readonly TenantIngest[] }) {
  const rows = tenants.flatMap(({ tenant, discarded }) => discarded.map((row) => ({ tenant, ...row })));
  if (rows.length === 0) return <p className="admin-none">Nothing was refused.</p>;
  return (
    <DataTable
      className="admin-table"
      label="Refused, by reason"
      rows={rows}
      rowKey={(row) => `${row.tenant} ${row.reason}`}
      columns={[
        { id: 'tenant', title: 'Tenant', width: 'minmax(120px, 1fr)', render: (row) => row.tenant },
        { id: 'reason', title: 'Reason', width: 'minmax(160px, 2fr)', render: (row) => <span className="admin-mono">{row.reason}</span> },
        { id: 'count', title: 'Profiles', width: '110px', numeric: true, render: (row) => grouped(row.count) },
        { id: 'bytes', title: 'Bytes', width: '110px', numeric: true, render: (row) => formatValue(row.bytes, 'bytes') },
        { id: 'last', title: 'Last', width: '180px', numeric: true, render: (row) => <Moment time={row.lastMillis} /> },
      ]}
    />
  );
}
