import { useMemo } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { askDiff, diffGraph } from '../../api/compare';
import { keyOf } from '../../api/question';
import { ask } from '../../api/transport';
import { useAnswer } from '../../api/use-answer';
import { useTheme } from '../../app/theme';
import { toast } from '../../app/toasts';
import { FlameGraph } from '../../flame/flame-graph';
import { findPath, nameOf, pathOf, type Frames } from '../../profile/frames';
import { graft } from '../../profile/graft';
import { nodesNamed } from '../../profile/named';
import { scaleSides } from '../../profile/scale-sides';
import { Empty, Failure, Pane } from '../../ui/states';
import type { CompareViewProps } from '../compare-views';
import { useDiffSearch } from './use-diff-search';

/** Width is the union of both sides, colour the change, glyph and hatching its direction. */
export function DiffGraph({ comparison, ranked, state, change }: CompareViewProps) {
  const theme = useTheme();
  const question = askDiff(comparison.left, comparison.right, null);
  const { data, error, isFetching, refetch } = useAnswer(question, diffGraph);
  const { scale } = ranked;
  const frames = useMemo(() => (data && scale ? scaleSides(data, scale.left, scale.right) : null), [data, scale]);
  const search = useDiffSearch(comparison, state.search);
  const expand = useExpand(data ?? null, comparison, keyOf(question));
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  const selected = frames && state.fn !== null ? (search.current ?? nodesNamed(frames, state.fn).at(0) ?? null) : search.current;
  return (
    <Pane busy={isFetching} label="Difference of both sides" className="diff-graph">
      {frames && frames.total[0] > 0 ? (
        <FlameGraph
          frames={frames}
          zoom={Math.max(0, findPath(frames, state.zoom))}
          onZoom={(node) => change({ zoom: node === 0 ? [] : pathOf(frames, node) })}
          selected={selected}
          onSelect={(node) => change({ fn: node === null || node === 0 ? null : nameOf(frames, node) }, { replace: true })}
          onHover={() => undefined}
          hits={search.hits}
          colorBy="change"
          direction={state.direction}
          theme={theme}
          unit={ranked.changes?.right.unit ?? ''}
          onMenu={() => undefined}
          onExpand={expand}
        />
      ) : frames ? (
        <Empty title="Neither side has a stack in its window." />
      ) : null}
    </Pane>
  );
}

/** Asks for what a node folds on both sides and puts it in its place. */
function useExpand(frames: Frames | null, comparison: CompareViewProps['comparison'], key: string): (node: number) => void {
  const client = useQueryClient();
  return (node) => {
    if (frames === null) return;
    ask(askDiff(comparison.left, comparison.right, null, pathOf(frames, node)))
      .then(async (answer) => client.setQueryData([diffGraph.name, key], graft(frames, node, await diffGraph.decode(answer))))
      .catch((error: unknown) => toast(error instanceof Error ? error.message : String(error)));
  };
}
