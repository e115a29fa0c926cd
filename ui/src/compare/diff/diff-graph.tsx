import { useMemo, useState } from 'react';
import { useTheme } from '../../app/theme';
import { FrameMenu } from '../../explore/tools/frame-menu';
import { frameCommands, runFrameKey, type FrameActions } from '../../explore/tools/frame-commands';
import { FlameGraph } from '../../flame/flame-graph';
import { findPath, nameOf, pathOf } from '../../profile/frames';
import { nodesNamed } from '../../profile/named';
import { scaleSides } from '../../profile/scale-sides';
import { encodeTransform } from '../../profile/transforms';
import { useSearch } from '../../explore/use-search';
import { Empty, Failure, Pane } from '../../ui/states';
import type { CompareViewProps } from '../compare-views';
import { useDiffStacks } from './use-diff-stacks';

interface OpenMenu {
  readonly x: number;
  readonly y: number;
  readonly node: number;
}

/** Width is the union of both sides, colour the change, glyph and hatching its direction. */
export function DiffGraph({ comparison, ranked, state, change }: CompareViewProps) {
  const theme = useTheme();
  const stacks = useDiffStacks(comparison, state.transforms);
  const { scale } = ranked;
  const frames = useMemo(
    () => (stacks.frames && scale ? scaleSides(stacks.frames, scale.left, scale.right) : null),
    [stacks.frames, scale],
  );
  const search = useSearch(stacks.frames, state.search);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const actions = useMemo<FrameActions>(
    () => ({
      add: (transform) => change((s) => ({ transforms: [...s.transforms, encodeTransform(transform)], zoom: [] })),
      open: (view, fn) => change({ view, fn }),
      mark: null,
    }),
    [change],
  );
  if (stacks.error) return <Failure error={stacks.error} retry={stacks.retry} />;
  const selected = search.current ?? (frames && state.fn !== null ? (nodesNamed(frames, state.fn).at(0) ?? null) : null);
  return (
    <Pane busy={stacks.busy} label="Difference of both sides" className="diff-graph">
      {frames && frames.total[0] > 0 ? (
        <>
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
            onMenu={(node, x, y) => setMenu({ node, x, y })}
            onExpand={stacks.expand}
            onCommand={(key, node) => runFrameKey(frameCommands(actions, nameOf(frames, node), frames, node), key)}
          />
          <FrameMenu
            at={menu === null ? null : { x: menu.x, y: menu.y, title: nameOf(frames, menu.node) }}
            commands={menu === null ? [] : frameCommands(actions, nameOf(frames, menu.node), frames, menu.node)}
            close={() => setMenu(null)}
          />
        </>
      ) : frames ? (
        <Empty
          title={state.transforms.length > 0 ? 'The transforms leave no stack on either side.' : 'Neither side has a stack in its window.'}
        />
      ) : null}
    </Pane>
  );
}
