import { useState } from 'react';
import { useTheme } from '../../app/theme';
import { FlameGraph } from '../../flame/flame-graph';
import { findPath, nameOf, pathOf, type Frames } from '../../profile/frames';
import type { FrameRef } from '../inspector/frame-inspection';
import type { FunctionMenu } from '../tools/use-function-menu';
import { useSearch } from '../use-search';
import type { ViewProps } from '../view-props';

export interface SandwichHalfProps extends Pick<ViewProps, 'state' | 'unit'>, Pick<FunctionMenu, 'onMenu' | 'onCommand'> {
  readonly title: string;
  readonly frames: Frames;
  /** The half that gives packages their colours, in both. */
  readonly rankedBy: Frames;
  /** Callers grow up from the function, callees hang down from it. */
  readonly direction: 'flame' | 'icicle';
  readonly onPoint: (frame: FrameRef | null) => void;
  readonly askWhole: (() => void) | null;
}

/** One half of a sandwich. Its zoom is its own and not in the address: the address says which function, and that is the view. */
export function SandwichHalf({ title, frames, rankedBy, direction, state, unit, onPoint, onMenu, onCommand, askWhole }: SandwichHalfProps) {
  const theme = useTheme();
  const [zoom, setZoom] = useState<readonly string[]>([]);
  const [selected, setSelected] = useState<readonly string[] | null>(null);
  const { hits } = useSearch(frames, state.search);
  // Paths in a half begin with the function itself, which node 0 is.
  const nodeOf = (path: readonly string[]): number => Math.max(0, findPath(frames, path.slice(1)));
  return (
    <section className="sandwich-half" aria-label={title}>
      <h2>{title}</h2>
      <FlameGraph
        frames={frames}
        rankedBy={rankedBy}
        zoom={nodeOf(zoom)}
        onZoom={(node) => setZoom(node === 0 ? [] : pathOf(frames, node))}
        selected={selected === null ? null : nodeOf(selected)}
        onSelect={(node) => setSelected(node === null ? null : pathOf(frames, node))}
        onHover={(node) => onPoint(node === null ? null : { frames, node })}
        hits={hits}
        colorBy={state.color}
        direction={direction}
        theme={theme}
        unit={unit}
        onMenu={(node, x, y) => onMenu(nameOf(frames, node), x, y)}
        onCommand={(key, node) => void onCommand(nameOf(frames, node), key)}
        {...(askWhole === null ? {} : { onExpand: askWhole })}
      />
    </section>
  );
}
