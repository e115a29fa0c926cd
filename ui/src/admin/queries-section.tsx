import { Link } from 'wouter';
import { askedQueries, askQueries, type AskedQuery } from '../api/admin-live';
import { formatValue, grouped } from '../profile/units';
import { DataTable, type Column } from '../ui/data-table';
import { sortRows } from '../ui/order';
import { queriesSchema } from '../url/admin-state';
import { exploreHref } from '../url/links';
import { useUrlState } from '../url/use-url-state';
import { costKey, exploreOf, isAbout, readOf } from './asked-query';
import { Moment } from './moment';
import { Answered, Section } from './section';
import { useLive } from './use-live';

const LAST = 1000;
const QUESTION = askQueries(LAST);

/** The last questions and what answering them cost. */
export default function QueriesSection() {
  const [state, change] = useUrlState(queriesSchema);
  const answer = useLive(QUESTION, askedQueries);
  return (
    <Section
      title="Queries"
      note="The last questions, by what answering them read. Every 10 s."
      tools={
        <input
          className="field"
          type="search"
          aria-label="Filter questions"
          placeholder="Route, selector, caller"
          value={state.search}
          onChange={(event) => change({ search: event.target.value }, { replace: true })}
        />
      }
    >
      <Answered answer={answer} label="Queries">
        {(queries) => {
          const found = queries.filter((query) => isAbout(query, state.search));
          if (found.length === 0)
            return <p className="admin-none">{queries.length === 0 ? 'Nothing was asked yet.' : 'No question matches.'}</p>;
          return (
            <DataTable
              label="Queries"
              columns={COLUMNS}
              rows={sortRows(found, state.order.descending, (query) => costKey(query, state.order.column))}
              rowKey={(row) => `${row.timeMillis} ${row.route} ${row.millis} ${row.selector ?? ''} ${row.memoryBytes}`}
              order={state.order}
              onOrder={(order) => change({ order })}
            />
          );
        }}
      </Answered>
    </Section>
  );
}

const COLUMNS: readonly Column<AskedQuery>[] = [
  { id: 'time', title: 'Asked', width: '180px', sortable: true, numeric: true, render: (row) => <Moment time={row.timeMillis} /> },
  {
    id: 'route',
    title: 'Route',
    width: 'minmax(150px, 1.2fr)',
    sortable: true,
    render: ({ route }) => (
      <span className="admin-mono" title={route}>
        {route.replace('/querier.v1.QuerierService/', '')}
      </span>
    ),
  },
  {
    id: 'selector',
    title: 'Selector',
    width: 'minmax(160px, 2fr)',
    render: (row) => {
      const where = exploreOf(row);
      return (
        <span className="admin-mono" title={row.selector ?? ''}>
          {where ? <Link href={exploreHref(where)}>{row.selector}</Link> : (row.selector ?? '–')}
        </span>
      );
    },
  },
  { id: 'caller', title: 'Caller', width: '90px', render: (row) => row.caller ?? '–' },
  {
    id: 'millis',
    title: 'Time',
    width: '90px',
    numeric: true,
    sortable: true,
    render: (row) => (row.kept ? <span className="unit">kept</span> : formatValue(row.millis, 'milliseconds')),
  },
  { id: 'rows', title: 'Rows', width: '90px', numeric: true, sortable: true, render: (row) => grouped(row.rows) },
  {
    id: 'read',
    title: 'Datasets',
    width: '90px',
    numeric: true,
    sortable: true,
    render: (row) => (
      <span title={`${row.chains} chains of the log, ${row.blocks} blocks, ${row.rollups} rollups`}>{grouped(readOf(row))}</span>
    ),
  },
  { id: 'memory', title: 'Memory', width: '90px', numeric: true, sortable: true, render: (row) => formatValue(row.memoryBytes, 'bytes') },
  { id: 'status', title: 'Status', width: '76px', numeric: true, sortable: true, render: (row) => row.status },
];
