import { useMemo } from 'react';
import type { Target } from '../api/selection';
import type { ExploreState, View } from '../url/explore-state';
import type { Change, Patch } from '../url/use-url-state';
import { ExemplarChip } from './heatmap/exemplar-chip';
import { ChoiceMenu, type Choice } from './tools/choice-menu';
import { SearchBox } from './tools/search-box';
import { TransformChips } from './tools/transform-chips';
import { TransformMenu } from './tools/transform-menu';
import { ViewTabs } from './tools/view-tabs';
import './tools/tools.css';
import { useSearch } from './use-search';
import { useStacks } from './use-stacks';
import { VIEW_ENTRIES } from './views';

export interface ExploreToolsProps {
  readonly target: Target;
  readonly state: ExploreState;
  readonly change: (patch: Patch<ExploreState>, change?: Change) => void;
}

const COLORS: readonly Choice<ExploreState['color']>[] = [
  { value: 'package', title: 'package' },
  { value: 'self', title: 'self share' },
  { value: 'kind', title: 'kind', note: 'own, library, runtime, kernel' },
  { value: 'file', title: 'file' },
];
const DIRECTIONS: readonly Choice<ExploreState['direction']>[] = [
  { value: 'icicle', title: 'down', note: 'root on top' },
  { value: 'flame', title: 'up', note: 'root at the bottom' },
];

/** Views, transforms, search and colours: what is shown of an answer, and how. */
export function ExploreTools({ target, state, change }: ExploreToolsProps) {
  const { frames } = useStacks(target, state.transforms);
  const search = useSearch(frames, state.search);
  const onText = useMemo(() => (text: string) => change({ search: text }, { replace: true }), [change]);
  const onView = useMemo(() => (view: View) => change({ view }), [change]);
  return (
    <div className="tool-row">
      <ViewTabs tabs={VIEW_ENTRIES} selected={state.view} onSelect={onView} />
      <ExemplarChip state={state} change={change} />
      <TransformChips transforms={state.transforms} onChange={(transforms) => change({ transforms, zoom: [] })} />
      <TransformMenu frames={frames} transforms={state.transforms} onChange={(transforms) => change({ transforms, zoom: [] })} />
      <div className="tool-row-end">
        <SearchBox text={state.search} onText={onText} found={search.found} wrong={search.wrong} onStep={search.step} />
        {state.view === 'flame' || state.view === 'sandwich' ? (
          <>
            <ChoiceMenu label="Colour" choices={COLORS} value={state.color} onChoose={(color) => change({ color })} />
            <ChoiceMenu label="Grows" choices={DIRECTIONS} value={state.direction} onChoose={(direction) => change({ direction })} />
          </>
        ) : null}
      </div>
    </div>
  );
}
