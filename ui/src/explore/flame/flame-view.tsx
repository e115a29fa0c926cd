import { useState } from 'react';
import { useTheme } from '../../app/theme';
import { FlameGraph } from '../../flame/flame-graph';
import { findPath, nameOf, pathOf } from '../../profile/frames';
import { nodesNamed } from '../../profile/named';
import { Failure, Pane } from '../../ui/states';
import { Inspector } from '../inspector/inspector';
import { NoStacks } from '../no-stacks';
import { FunctionTable } from '../table/function-table';
import { frameCommands, runFrameKey } from '../tools/frame-commands';
import { FrameMenu } from '../tools/frame-menu';
import { useExploreActions } from '../tools/use-explore-actions';
import { useSearch } from '../use-search';
import { useStacks } from '../use-stacks';
import type { ViewProps } from '../view-props';
import './flame-view.css';

interface OpenMenu {
  readonly x: number;
  readonly y: number;
  readonly fn: string;
  readonly node: number | null;
}

/** The exact table on the left, the graph, and the function under the pointer on the right. */
export function FlameView(props: ViewProps) {
  const { target, state, change, unit } = props;
  const { frames, busy, error, retry, expand } = useStacks(target, state.transforms);
  const search = useSearch(frames, state.search);
  const theme = useTheme();
  const [hovered, setHovered] = useState<number | null>(null);
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const actions = useExploreActions({ state, change });
  const selected = search.current ?? (frames && state.fn !== null ? (nodesNamed(frames, state.fn).at(0) ?? null) : null);
  const shown = frames !== null && hovered !== null && hovered < frames.count ? hovered : null;
  return (
    <div className="flame-view">
      <div className="flame-table">
        <FunctionTable {...props} compact onMenu={(fn, x, y) => setMenu({ fn, x, y, node: null })} />
      </div>
      {error ? (
        <Failure error={error} retry={retry} />
      ) : (
        <Pane busy={busy} label="Flame graph" className="flame-stage">
          {frames && frames.total[0] > 0 ? (
            <FlameGraph
              frames={frames}
              zoom={Math.max(0, findPath(frames, state.zoom))}
              onZoom={(node) => change({ zoom: node === 0 ? [] : pathOf(frames, node) })}
              selected={selected}
              onSelect={(node) => change({ fn: node === null || node === 0 ? null : nameOf(frames, node) }, { replace: true })}
              onHover={setHovered}
              hits={search.hits}
              colorBy={state.color}
              direction={state.direction}
              theme={theme}
              unit={unit}
              onMenu={(node, x, y) => setMenu({ node, x, y, fn: nameOf(frames, node) })}
              onExpand={expand}
              onCommand={(key, node) => runFrameKey(frameCommands(actions, nameOf(frames, node), frames, node), key)}
            />
          ) : frames ? (
            <NoStacks {...props} />
          ) : null}
        </Pane>
      )}
      <Inspector {...props} frame={frames && shown !== null ? { frames, node: shown } : null} />
      <FrameMenu
        at={menu === null ? null : { x: menu.x, y: menu.y, title: menu.fn }}
        commands={menu === null ? [] : frameCommands(actions, menu.fn, frames, menu.node)}
        close={() => setMenu(null)}
      />
    </div>
  );
}
