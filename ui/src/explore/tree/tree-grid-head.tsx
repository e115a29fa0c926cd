import type { ExploreState } from '../../url/explore-state';

export type Sort = ExploreState['sort'];

const COLUMNS: readonly { readonly title: string; readonly by: Sort | null; readonly label?: string }[] = [
  { title: 'Function', by: 'name' },
  { title: 'Self', by: 'self' },
  { title: '%', by: null, label: 'Self, share of all' },
  { title: 'Total', by: 'total' },
  { title: '%', by: null, label: 'Total, share of all' },
];

/** Below the first level siblings are by total unless by name: by self, what leads to cost would be below what does not. */
export function TreeGridHead({ sort, sorts, onSort }: { readonly sort: Sort; readonly sorts: readonly Sort[]; onSort(sort: Sort): void }) {
  return (
    <div role="row" aria-rowindex={1} className="tree-grid-head">
      {COLUMNS.map(({ title, by, label }) => (
        <span
          key={label ?? title}
          role="columnheader"
          aria-label={label}
          aria-sort={by !== sort ? 'none' : by === 'name' ? 'ascending' : 'descending'}
          className={by === 'name' ? '' : 'num'}
        >
          {by !== null && sorts.includes(by) ? (
            <button type="button" onClick={() => onSort(by)}>
              {title}
              {by === sort ? <span aria-hidden="true"> {by === 'name' ? '↑' : '↓'}</span> : null}
            </button>
          ) : (
            title
          )}
        </span>
      ))}
    </div>
  );
}
