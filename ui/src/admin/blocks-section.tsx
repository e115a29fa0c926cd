import { askBlocks, blockPage, type Block } from '../api/admin-store';
import { useAnswer } from '../api/use-answer';
import { formatValue, grouped } from '../profile/units';
import { DataTable, type Column } from '../ui/data-table';
import { Empty } from '../ui/states';
import { blocksSchema } from '../url/admin-state';
import { useUrlState } from '../url/use-url-state';
import { BlockFilters } from './block-filters';
import { Moment } from './moment';
import { Answered, Section } from './section';

const PAGE = 500;

/** Every file of the store: logs, blocks and rollups, latest data first. */
export default function BlocksSection() {
  const [state, change] = useUrlState(blocksSchema);
  const answer = useAnswer(askBlocks({ ...state, limit: PAGE }), blockPage, { stale: 0 });
  const { data } = answer;
  const last = Math.min(state.offset + PAGE, data?.matchCount ?? 0);
  return (
    <Section
      title="Blocks"
      note={
        data ? `${grouped(data.matchCount)} of ${grouped(data.count)}: ${formatValue(data.bytes, 'bytes')}, ${grouped(data.rows)} rows` : ''
      }
      tools={
        <>
          <BlockFilters state={state} change={change} />
          <button
            type="button"
            className="button"
            disabled={state.offset === 0}
            onClick={() => change({ offset: Math.max(0, state.offset - PAGE) })}
          >
            Newer
          </button>
          <button
            type="button"
            className="button"
            disabled={last >= (data?.matchCount ?? 0)}
            onClick={() => change({ offset: state.offset + PAGE })}
          >
            Older
          </button>
        </>
      }
    >
      <Answered answer={answer} label="Blocks">
        {({ blocks }) =>
          blocks.length === 0 ? (
            <Empty title="No block matches.">
              <button
                type="button"
                className="button button-small"
                onClick={() => change({ tenant: '', service: '', kind: '', level: '', offset: 0 })}
              >
                Clear the filters
              </button>
            </Empty>
          ) : (
            <DataTable label="Blocks" columns={COLUMNS} rows={blocks} rowKey={(row) => `${row.tenant} ${row.id}`} />
          )
        }
      </Answered>
    </Section>
  );
}

const COLUMNS: readonly Column<Block>[] = [
  {
    id: 'kind',
    title: 'Kind',
    width: '92px',
    render: ({ kind, resolutionSeconds }) => (resolutionSeconds ? `${kind} ${resolutionSeconds} s` : kind),
  },
  { id: 'level', title: 'Level', width: '62px', numeric: true, render: (row) => row.level },
  { id: 'tenant', title: 'Tenant', width: 'minmax(90px, 0.7fr)', render: (row) => row.tenant },
  { id: 'first', title: 'From', width: '180px', numeric: true, render: (row) => <Moment time={row.firstMillis} /> },
  { id: 'last', title: 'Until', width: '180px', numeric: true, render: (row) => <Moment time={row.lastMillis} /> },
  {
    id: 'services',
    title: 'Services',
    width: 'minmax(140px, 1.5fr)',
    render: ({ services, serviceCount }) => {
      const text = services.join(', ') + (serviceCount > services.length ? ` and ${serviceCount - services.length} more` : '');
      return <span title={text}>{text}</span>;
    },
  },
  { id: 'rows', title: 'Rows', width: '90px', numeric: true, render: (row) => grouped(row.rows) },
  { id: 'bytes', title: 'Size', width: '90px', numeric: true, render: (row) => formatValue(row.bytes, 'bytes') },
  {
    id: 'id',
    title: 'Object',
    width: 'minmax(140px, 2fr)',
    render: ({ id }) => (
      <span className="admin-mono" title={id}>
        {id}
      </span>
    ),
  },
];
