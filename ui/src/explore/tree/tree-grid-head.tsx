import type { ExploreState } from '../../url/explore-state';

/** Siblings are by total unless by name: by self, what leads to cost would be below what does not. */
export function TreeGridHead({ sort, onSort }: { readonly sort: ExploreState['sort']; onSort(sort: ExploreState['sort']): void }) {
  const byName = sort === 'name';
  return (
    <div role="row" aria-rowindex={1} className="tree-grid-head">
      <span role="columnheader" aria-sort={byName ? 'ascending' : 'none'}>
        <button type="button" onClick={() => onSort('name')}>
          Function{byName ? <span aria-hidden="true"> ↑</span> : null}
        </button>
      </span>
      <span role="columnheader" className="num">
        Self
      </span>
      <span role="columnheader" className="num" aria-label="Self, share of all">
        %
      </span>
      <span role="columnheader" className="num" aria-sort={byName ? 'none' : 'descending'}>
        <button type="button" onClick={() => onSort('total')}>
          Total{byName ? null : <span aria-hidden="true"> ↓</span>}
        </button>
      </span>
      <span role="columnheader" className="num" aria-label="Total, share of all">
        %
      </span>
    </div>
  );
}
