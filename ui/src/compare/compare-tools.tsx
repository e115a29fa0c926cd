import * as Menu from '@radix-ui/react-dropdown-menu';
import { useMemo } from 'react';
import { askBreakdown, breakdown } from '../api/breakdown';
import { useAnswer } from '../api/use-answer';
import { useClock } from '../app/clock';
import { ChoiceMenu, type Choice } from '../explore/tools/choice-menu';
import { SearchBox } from '../explore/tools/search-box';
import type { ChangeModeChoice } from '../url/compare-state';
import type { CompareViewProps } from './compare-views';
import { labelPair, TIME_PRESETS } from './presets';
import { TransformChips } from '../explore/tools/transform-chips';
import { TransformMenu } from '../explore/tools/transform-menu';
import { useSearch } from '../explore/use-search';
import { useDiffStacks } from './diff/use-diff-stacks';
import { targetOfSide } from './use-compare';

const MODES: readonly Choice<ChangeModeChoice>[] = [
  { value: 'auto', title: 'fitting', note: 'absolute or share' },
  { value: 'absolute', title: 'absolute', note: 'B − A' },
  { value: 'share', title: 'share of total', note: 'percentage points' },
  { value: 'rate', title: 'per second', note: 'for windows of other length' },
  { value: 'instance', title: 'per instance', note: 'pods, hosts' },
];

/** Presets, linking, the meaning of change, and search. */
export function CompareTools({ comparison, state, change }: CompareViewProps) {
  const now = useClock((c) => c.now);
  const { frames } = useDiffStacks(comparison, state.transforms);
  const search = useSearch(frames, state.search);
  const onTransforms = (transforms: readonly string[]): void => change({ transforms, zoom: [] });
  const onText = useMemo(() => (text: string) => change({ search: text }, { replace: true }), [change]);
  const target = targetOfSide(comparison, 'b');
  return (
    <>
      <Menu.Root>
        <Menu.Trigger className="button">
          Presets <span aria-hidden="true">▾</span>
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Content className="popover" align="start" sideOffset={4}>
            {TIME_PRESETS.map((preset) => (
              <Menu.Item key={preset.id} className="menu-item" onSelect={() => change((s) => preset.apply(s, now))}>
                {preset.title} <small>{preset.note}</small>
              </Menu.Item>
            ))}
            {target ? <LabelPresets target={target} onPair={(label, a, b) => change((s) => labelPair(s, label, a, b))} /> : null}
          </Menu.Content>
        </Menu.Portal>
      </Menu.Root>
      <button type="button" className="button" aria-pressed={state.linked} onClick={() => change({ linked: !state.linked })}>
        {state.linked ? '☑' : '☐'} Link windows
      </button>
      {state.view === 'diff' || state.view === 'tree' ? (
        <>
          <TransformChips transforms={state.transforms} onChange={onTransforms} />
          <TransformMenu frames={frames} transforms={state.transforms} onChange={onTransforms} />
        </>
      ) : null}
      <div className="tool-row-end">
        <SearchBox text={state.search} onText={onText} found={search.found} wrong={search.wrong} onStep={search.step} />
        <ChoiceMenu label="Change" choices={MODES} value={state.mode} onChoose={(mode) => change({ mode })} />
      </div>
    </>
  );
}

interface LabelPresetsProps {
  readonly target: NonNullable<ReturnType<typeof targetOfSide>>;
  onPair(label: string, a: string, b: string): void;
}

/** The two largest values of each label that has two or more: versions, regions, pods. */
function LabelPresets({ target, onPair }: LabelPresetsProps) {
  const { data } = useAnswer(askBreakdown({ ...target, stacks: target.window }, { limit: 2 }), breakdown);
  const labels = (data?.labels ?? []).filter((l) => l.values.length === 2 && l.values.every((v) => v.value !== ''));
  if (labels.length === 0) return null;
  return (
    <>
      <Menu.Label className="menu-label">Two label values</Menu.Label>
      {labels.map(({ label, values, valueCount }) => {
        const [a, b] = [values[0].value, values[1].value].sort();
        return (
          <Menu.Item key={label} className="menu-item" onSelect={() => onPair(label, a, b)}>
            {label}: {a} ↔ {b} <small>{valueCount > 2 ? `of ${valueCount}` : ''}</small>
          </Menu.Item>
        );
      })}
    </>
  );
}
