import { Link } from 'wouter';
import { ASK_RETENTION, retention, type TenantRetention } from '../api/admin-store';
import { useAnswer } from '../api/use-answer';
import { formatValue } from '../profile/units';
import { DataTable } from '../ui/data-table';
import { formatPeriod } from './periods';
import { Answered, Section } from './section';

/** How long what is kept, as rules and limits work out for each service. */
export default function RetentionSection() {
  const answer = useAnswer(ASK_RETENTION, retention, { stale: 0 });
  return (
    <Section
      title="Retention"
      note={
        <>
          Set by <code>compactor_blocks_retention_period</code>, <code>rollup_retention_period</code>, <code>retention_rules</code> and{' '}
          <code>retention_bytes_max</code> in the limits.
        </>
      }
      tools={<Link href="/admin/delete">Delete profiles by hand</Link>}
    >
      <Answered answer={answer} label="Retention">
        {(tenants) =>
          tenants.length === 0 ? (
            <p className="admin-none">No tenant has data yet.</p>
          ) : (
            tenants.map((tenant) => <OneTenant key={tenant.tenant} tenant={tenant} />)
          )
        }
      </Answered>
    </Section>
  );
}

function OneTenant({ tenant: { tenant, seconds, rollupSeconds, bytesMax, rules, services } }: { readonly tenant: TenantRetention }) {
  return (
    <>
      <h2>
        {tenant}{' '}
        <span className="unit">
          profiles {formatPeriod(seconds)}, rollups {rollupSeconds === 0 ? 'as long as profiles' : formatPeriod(rollupSeconds)}
          {bytesMax > 0 ? `, at most ${formatValue(bytesMax, 'bytes')}` : ''}
        </span>
      </h2>
      {rules.map((rule) => (
        <p key={rule.selector} className="admin-none">
          <code>{rule.selector}</code>: {formatPeriod(rule.seconds)}
        </p>
      ))}
      <DataTable
        className="admin-table"
        label={`Retention of ${tenant}`}
        rows={services}
        rowKey={(row) => row.service}
        columns={[
          { id: 'service', title: 'Service', width: 'minmax(140px, 1fr)', render: (row) => row.service },
          { id: 'period', title: 'Kept', width: '140px', numeric: true, render: (row) => formatPeriod(row.seconds) },
          {
            id: 'some',
            title: 'Some of its series',
            width: 'minmax(200px, 3fr)',
            render: (row) => (
              <span className="admin-mono">{row.someSeries.map((s) => `${s.selector}: ${formatPeriod(s.seconds)}`).join(', ') || '–'}</span>
            ),
          },
        ]}
      />
    </>
  );
}
