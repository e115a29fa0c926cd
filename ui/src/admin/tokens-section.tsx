import { ASK_TOKENS, tokens, type Credential } from '../api/admin-store';
import { useAnswer } from '../api/use-answer';
import { DataTable, type Column } from '../ui/data-table';
import { Answered, Section } from './section';

/** Who may do what. Names only: secrets are stored nowhere, and the list is made in the configuration. */
export default function TokensSection() {
  const answer = useAnswer(ASK_TOKENS, tokens, { stale: 0 });
  return (
    <Section
      title="Tokens"
      note="Read only: credentials stand below auth: in the configuration, or in the file that it names (docs/guide/authentication.md)."
    >
      <Answered answer={answer} label="Tokens">
        {({ enabled, issuer, credentials }) => (
          <>
            {enabled ? null : (
              <p className="admin-none">
                Authentication is off: whoever reaches this server may do everything. <code>kagari auth token</code> makes the first token.
              </p>
            )}
            {issuer === null ? null : <p className="admin-none">Tokens of {issuer} are taken too.</p>}
            {credentials.length === 0 ? null : (
              <DataTable
                className="admin-table"
                label="Credentials"
                columns={COLUMNS}
                rows={credentials}
                rowKey={(row) => `${row.kind} ${row.name}`}
              />
            )}
          </>
        )}
      </Answered>
    </Section>
  );
}

const COLUMNS: readonly Column<Credential>[] = [
  { id: 'name', title: 'Name', width: 'minmax(140px, 1fr)', render: (row) => <strong>{row.name}</strong> },
  { id: 'kind', title: 'Kind', width: '120px', render: (row) => row.kind },
  { id: 'scopes', title: 'Scopes', width: 'minmax(140px, 1fr)', render: (row) => row.scopes.join(', ') },
  {
    id: 'tenants',
    title: 'Tenants',
    width: 'minmax(160px, 2fr)',
    render: (row) => (row.tenants.includes('*') ? 'all' : row.tenants.join(', ')),
  },
];
