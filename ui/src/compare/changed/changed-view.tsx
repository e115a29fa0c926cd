import { ChoiceMenu, type Choice } from '../../explore/tools/choice-menu';
import { Empty, Pane } from '../../ui/states';
import { CHANGE_FILTERS, type ChangeFilter } from '../../url/compare-state';
import type { CompareViewProps } from '../compare-views';
import { ChangedTable } from './changed-table';
import './changed-view.css';

const TITLES: Readonly<Record<ChangeFilter, string>> = { all: 'All', up: 'Up', down: 'Down', new: 'Only in B', gone: 'Only in A' };
const FILTERS: readonly Choice<ChangeFilter>[] = CHANGE_FILTERS.map((value) => ({ value, title: TITLES[value] }));
const SORTS: readonly Choice<'self' | 'total'>[] = [
  { value: 'self', title: 'self', note: 'stacks that end here' },
  { value: 'total', title: 'total', note: 'and all it calls' },
];

/** The ranked list as a page of its own, with noise and certainty. */
export default function ChangedView({ ranked, state, change }: CompareViewProps) {
  const { changes, scale, isFetching } = ranked;
  return (
    <Pane busy={isFetching} label="What changed" className="changed-view">
      <div className="changed-tools">
        <ChoiceMenu label="Show" choices={FILTERS} value={state.filter} onChoose={(filter) => change({ filter })} />
        <ChoiceMenu label="Rank by" choices={SORTS} value={state.sort} onChoose={(sort) => change({ sort })} />
        <span className="unit">{scale?.why}</span>
      </div>
      {changes && scale ? (
        changes.functions.length === 0 ? (
          <Empty title={state.search === '' ? 'Nothing changed between A and B.' : `No function that changed matches “${state.search}”.`} />
        ) : (
          <ChangedTable changes={changes} scale={scale} state={state} onSelect={(fn) => change({ fn })} />
        )
      ) : null}
    </Pane>
  );
}
