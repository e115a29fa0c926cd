import { ASK_COMPACTION, compaction, type Compaction, type Job } from '../api/admin-live';
import { formatValue, grouped } from '../profile/units';
import { DataTable, type Column } from '../ui/data-table';
import { Moment } from './moment';
import { Answered, Section } from './section';
import { useLive } from './use-live';

/** Merges of logs into blocks and of blocks into larger ones, by state. */
export default function CompactionSection() {
  const answer = useLive(ASK_COMPACTION, compaction);
  return (
    <Section title="Compaction" note="Logs become blocks (level 1), and blocks larger ones. Every 10 s.">
      <Answered answer={answer} label="Compaction">
        {({ running, levels, waiting, failed, done }) => (
          <>
            <h2>Levels</h2>
            <DataTable className="admin-table" label="Levels" columns={LEVELS} rows={levels} rowKey={(row) => String(row.level)} />
            <h2>Running</h2>
            {running === null ? (
              <p className="admin-none">Nothing is being merged just now.</p>
            ) : (
              <DataTable className="admin-table" label="Running" rows={[running]} rowKey={(row) => row.id} columns={RUNNING} />
            )}
            <Jobs title="Failed" rows={failed} none="No merge failed." columns={FAILED} />
            <Jobs title="Waiting" rows={waiting} none="No merge waits." columns={JOB} />
            <h2>Done, the last 100</h2>
            {done.length === 0 ? (
              <p className="admin-none">None since the server started.</p>
            ) : (
              <DataTable
                className="admin-table"
                label="Done"
                columns={DONE}
                rows={done}
                rowKey={(row) => `${row.finishedMillis} ${row.level} ${row.tenants.join()} ${row.writtenBytes}`}
              />
            )}
          </>
        )}
      </Answered>
    </Section>
  );
}

function Jobs<T extends Job>({ title, rows, none, columns }: JobsProps<T>) {
  return (
    <>
      <h2>
        {title} <span className="unit">{rows.length}</span>
      </h2>
      {rows.length === 0 ? (
        <p className="admin-none">{none}</p>
      ) : (
        <DataTable className="admin-table" label={title} columns={columns} rows={rows} rowKey={(row) => row.id} />
      )}
    </>
  );
}

const LEVELS: readonly Column<Compaction['levels'][number]>[] = [
  { id: 'level', title: 'Level', width: '100px', render: (row) => row.level },
  { id: 'waiting', title: 'Waiting', width: '110px', numeric: true, render: (row) => grouped(row.waiting) },
  { id: 'failed', title: 'Failed', width: '110px', numeric: true, render: (row) => grouped(row.failed) },
  { id: 'done', title: 'Done', width: '110px', numeric: true, render: (row) => grouped(row.done) },
];

const JOB: readonly Column<Job>[] = [
  { id: 'level', title: 'Level', width: '76px', render: (row) => row.level },
  { id: 'tenant', title: 'Tenant', width: 'minmax(100px, 1fr)', render: (row) => row.tenant || 'all' },
  { id: 'from', title: 'Window', width: '180px', numeric: true, render: (row) => <Moment time={row.windowStartMillis} /> },
  { id: 'until', title: 'until', width: '180px', numeric: true, render: (row) => <Moment time={row.windowEndMillis} /> },
  { id: 'sources', title: 'Sources', width: '90px', numeric: true, render: (row) => grouped(row.logs + row.blocks) },
  { id: 'bytes', title: 'Bytes', width: '100px', numeric: true, render: (row) => formatValue(row.bytes, 'bytes') },
];

const RUNNING: readonly Column<NonNullable<Compaction['running']>>[] = [
  ...JOB,
  { id: 'since', title: 'Since', width: '180px', numeric: true, render: (row) => <Moment time={row.startedMillis} /> },
];

const FAILED: readonly Column<Compaction['failed'][number]>[] = [
  ...JOB,
  { id: 'failures', title: 'Failures', width: '90px', numeric: true, render: (row) => grouped(row.failures) },
  { id: 'retry', title: 'Next try', width: '180px', numeric: true, render: (row) => <Moment time={row.retryMillis} /> },
  { id: 'reason', title: 'Reason', width: 'minmax(160px, 2fr)', render: (row) => <span title={row.reason}>{row.reason}</span> },
];

const DONE: readonly Column<Compaction['done'][number]>[] = [
  { id: 'at', title: 'Finished', width: '176px', render: (row) => <Moment time={row.finishedMillis} /> },
  { id: 'level', title: 'Level', width: '70px', numeric: true, render: (row) => row.level },
  { id: 'tenants', title: 'Tenants', width: 'minmax(100px, 1fr)', render: (row) => row.tenants.join(', ') },
  { id: 'sources', title: 'Sources', width: '90px', numeric: true, render: (row) => grouped(row.sources) },
  { id: 'blocks', title: 'Blocks', width: '80px', numeric: true, render: (row) => grouped(row.blocks) },
  { id: 'rows', title: 'Rows', width: '100px', numeric: true, render: (row) => grouped(row.rows) },
  { id: 'twice', title: 'Sent twice', width: '100px', numeric: true, render: (row) => grouped(row.duplicateRows) },
  { id: 'read', title: 'Read', width: '100px', numeric: true, render: (row) => formatValue(row.sourceBytes, 'bytes') },
  { id: 'written', title: 'Written', width: '100px', numeric: true, render: (row) => formatValue(row.writtenBytes, 'bytes') },
  { id: 'millis', title: 'Time', width: '90px', numeric: true, render: (row) => formatValue(row.millis, 'milliseconds') },
];

interface JobsProps<T extends Job> {
  readonly title: string;
  readonly rows: readonly T[];
  readonly none: string;
  readonly columns: readonly Column<T>[];
}
