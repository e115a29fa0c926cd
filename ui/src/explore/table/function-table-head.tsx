import type { ExploreState } from '../../url/explore-state';

type Sort = ExploreState['sort'];

/** Columns that sort are buttons; shares sort as their values do. */
export function FunctionTableHead({ sort, compact, onSort }: HeadProps) {
  const columns: readonly Column[] = compact ? COMPACT : FULL;
  return (
    <div role="row" aria-rowindex={1} className="function-table-head">
      {columns.map(({ title, by, label }) => (
        <span
          key={label ?? title}
          role="columnheader"
          aria-sort={sort === by ? direction(by) : 'none'}
          className={by === 'name' ? '' : 'num'}
        >
          <button type="button" aria-label={label} onClick={() => onSort(by)}>
            {title}
            {sort === by && !label ? <span aria-hidden="true"> {by === 'name' ? '↑' : '↓'}</span> : null}
          </button>
        </span>
      ))}
    </div>
  );
}

interface HeadProps {
  readonly sort: Sort;
  readonly compact: boolean;
  onSort(sort: Sort): void;
}

interface Column {
  readonly title: string;
  readonly by: Sort;
  /** Where the title alone says too little. */
  readonly label?: string;
}

const COMPACT: readonly Column[] = [
  { title: 'Function', by: 'name' },
  { title: 'Self', by: 'self' },
  { title: 'Total', by: 'total' },
];

const FULL: readonly Column[] = [
  { title: 'Function', by: 'name' },
  { title: 'Self', by: 'self' },
  { title: '%', by: 'self', label: 'Self, share of all' },
  { title: 'Total', by: 'total' },
  { title: '%', by: 'total', label: 'Total, share of all' },
];

const direction = (by: Sort): 'ascending' | 'descending' => (by === 'name' ? 'ascending' : 'descending');
