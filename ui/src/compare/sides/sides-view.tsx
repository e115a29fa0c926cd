import { useState } from 'react';
import { askSideFlameGraph, type CompareSide } from '../../api/compare';
import { flameGraph } from '../../api/stacks';
import { useAnswer } from '../../api/use-answer';
import { useTheme } from '../../app/theme';
import { FlameGraph } from '../../flame/flame-graph';
import { findPath, nameOf, pathOf } from '../../profile/frames';
import { nodesNamed } from '../../profile/named';
import { formatValue } from '../../profile/units';
import { Empty, Failure, Pane } from '../../ui/states';
import type { SideName } from '../../url/compare-state';
import type { CompareViewProps } from '../compare-views';
import { useDiffStacks } from '../diff/use-diff-stacks';
import './sides-view.css';

/** Two flame graphs that zoom and mark together, each to its own scale. */
export default function SidesView(props: CompareViewProps) {
  const [hovered, setHovered] = useState<string | null>(null);
  return (
    <div className="sides-view">
      {(['a', 'b'] as const).map((name) => (
        <OneSide
          key={name}
          name={name}
          side={name === 'a' ? props.comparison.left : props.comparison.right}
          hovered={hovered}
          onHover={setHovered}
          {...props}
        />
      ))}
    </div>
  );
}

interface OneSideProps extends CompareViewProps {
  readonly name: SideName;
  readonly side: CompareSide;
  readonly hovered: string | null;
  onHover(fn: string | null): void;
}

function OneSide({ name, side, comparison, ranked, state, change, hovered, onHover }: OneSideProps) {
  const theme = useTheme();
  const { data: frames, error, isFetching, refetch } = useAnswer(askSideFlameGraph(side, null), flameGraph);
  const { frames: both } = useDiffStacks(comparison, []);
  const unit = (name === 'a' ? ranked.changes?.left.unit : ranked.changes?.right.unit) ?? '';
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  const marked = hovered ?? state.fn;
  const selected = frames && marked !== null ? (nodesNamed(frames, marked).at(0) ?? null) : null;
  const title = name === 'a' ? 'A' : 'B';
  // From the ranked list, not the drawn nodes: a function that calls itself counts once.
  const changed = ranked.changes?.functions.find((f) => f.name === marked);
  const figures = name === 'a' ? changed?.left : changed?.right;
  return (
    <Pane busy={isFetching} label={`Flame graph of ${title}`} className={`side-graph side-${name}`}>
      <header className="side-graph-head">
        <span className="side-letter">{title}</span> <span className="num">{frames ? formatValue(frames.total[0], unit) : ''}</span>
        {marked === null ? null : (
          <span className="side-graph-fn">
            {marked}: <span className="num">{figures ? formatValue(figures.total, unit) : '–'}</span>
          </span>
        )}
      </header>
      {frames && frames.total[0] > 0 ? (
        <FlameGraph
          frames={frames}
          zoom={Math.max(0, findPath(frames, state.zoom))}
          onZoom={(node) => change({ zoom: node === 0 ? [] : pathOf(frames, node) })}
          selected={selected}
          onSelect={(node) => change({ fn: node === null || node === 0 ? null : nameOf(frames, node) }, { replace: true })}
          onHover={(node) => onHover(node === null || node === 0 ? null : nameOf(frames, node))}
          hits={null}
          colorBy="package"
          {...(both ? { rankedBy: both } : {})}
          direction={state.direction}
          theme={theme}
          unit={unit}
          onMenu={() => undefined}
        />
      ) : frames ? (
        <Empty title={`${title} has no stacks in its window.`} />
      ) : null}
    </Pane>
  );
}
