import { ASK_DEBUGINFO, askDeleteDebuginfo, debuginfo, type Debuginfo } from '../api/debuginfo';
import { nothing, useAction } from '../api/use-action';
import { useAnswer } from '../api/use-answer';
import { toast } from '../app/toasts';
import { formatValue } from '../profile/units';
import { ConfirmButton } from '../ui/confirm-button';
import { DataTable, type Column } from '../ui/data-table';
import { Moment } from './moment';
import { Answered, Section } from './section';

/** Debug information of binaries, by which addresses become functions and lines. */
export default function SymbolsSection() {
  const answer = useAnswer(ASK_DEBUGINFO, debuginfo, { stale: 0 });
  const remove = useAction(askDeleteDebuginfo, nothing, [debuginfo]);
  const onDelete = (buildId: string): void =>
    remove.mutate(buildId, { onSuccess: () => toast('Deleted.'), onError: (error) => toast(`Not deleted: ${error.message}`) });
  return (
    <Section
      title="Symbols"
      note="Debug information that was uploaded. Sent by kagari debuginfo upload and by agents (docs/guide/symbols.md)."
    >
      <Answered answer={answer} scope="read" label="Symbols">
        {(rows) =>
          rows.length === 0 ? (
            <p className="admin-none">None was uploaded.</p>
          ) : (
            <DataTable label="Debug information" columns={columns(onDelete)} rows={rows} rowKey={(row) => row.buildId} rowHeight={32} />
          )
        }
      </Answered>
    </Section>
  );
}

function columns(onDelete: (buildId: string) => void): readonly Column<Debuginfo>[] {
  return [
    { id: 'name', title: 'Binary', width: 'minmax(160px, 1fr)', render: (row) => row.name || '–' },
    { id: 'id', title: 'Build ID', width: 'minmax(200px, 2fr)', render: (row) => <span className="admin-mono">{row.buildId}</span> },
    { id: 'state', title: 'State', width: '110px', render: (row) => (row.isUploaded ? 'complete' : 'being sent') },
    { id: 'size', title: 'Size', width: '110px', numeric: true, render: (row) => formatValue(row.size, 'bytes') },
    {
      id: 'at',
      title: 'Uploaded',
      width: '180px',
      numeric: true,
      render: (row) => <Moment time={row.finishedAt === '' ? null : Date.parse(row.finishedAt)} />,
    },
    {
      id: 'delete',
      title: 'Deletion',
      hideTitle: true,
      width: '180px',
      render: (row) => (
        <ConfirmButton
          label="Delete"
          question={`Delete the symbols of ${row.name || row.buildId}`}
          onConfirm={() => onDelete(row.buildId)}
        />
      ),
    },
  ];
}
