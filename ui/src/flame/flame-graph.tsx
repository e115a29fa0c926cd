import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, type KeyboardEvent, type ReactElement } from 'react';
import { colorTable, type ColorBy } from '../profile/color-classes';
import type { Frames } from '../profile/frames';
import { Breadcrumb } from './breadcrumb';
import './flame-graph.css';
import { describeZoom, FlameGrid } from './flame-grid';
import { FlameView } from './flame-view';
import type { Direction } from './geometry';
import type { Hit } from './hit-test';
import { keyAction, type KeyAction } from './keys';
import { Minimap, type MinimapHandle } from './minimap-strip';
import { placeOutline } from './outline';
import { listen } from './pointer';
import { rowId } from './row-id';
import { useStyle } from './use-style';
import { useCursor } from './use-cursor';

export interface FlameGraphProps {
  readonly frames: Frames;
  /** The node that fills the width, 0 = root. Wheel and drag move the viewport on top of it without a word to the owner. */
  readonly zoom: number;
  readonly onZoom: (node: number) => void;
  /**
   * The marked frame: clicked, walked to by arrows, or a search hit. One that is not visible is panned and zoomed to. An owner that keeps only the
   * function may answer `onSelect` with another call of it: the one that was chosen here stays marked (use-cursor.ts).
   */
  readonly selected: number | null;
  readonly onSelect: (node: number | null) => void;
  readonly onHover: (node: number | null) => void;
  /** Per node 1 = matches the search; others are faded. */
  readonly hits: Uint8Array | null;
  readonly colorBy: ColorBy;
  /** The tree that gives packages their colours, where several graphs stand side by side; default: its own. */
  readonly rankedBy?: Frames;
  readonly direction: Direction;
  readonly theme: 'dark' | 'light';
  /** pprof unit of the values, for breadcrumb and screen readers. */
  readonly unit: string;
  /** Right click, Menu key, Shift+F10; client coordinates. */
  readonly onMenu: (node: number, x: number, y: number) => void;
  /** A click on the folded part of a node: the owner asks for that subtree and grafts it (profile/graft.ts). */
  readonly onExpand?: (node: number) => void;
  /**
   * A letter of `COMMANDS` (keys.ts) pressed while the graph has the focus; `node` is the selected frame, else the zoomed one. Without this
   * prop, and for all other letters, keys bubble.
   */
  readonly onCommand?: (key: string, node: number) => void;
}

/** The flame graph: minimap, breadcrumb, and a canvas that draws only what is seen. */
export function FlameGraph(props: FlameGraphProps): ReactElement {
  const { frames, hits, colorBy, rankedBy, direction, theme } = props;
  const zoom = Math.min(props.zoom, frames.count - 1); // a moment old where the tree just became smaller
  const [selected, choose] = useCursor(frames, props.selected, props.onSelect);
  const root = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const spacer = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const hoverMark = useRef<HTMLDivElement>(null);
  const selectedMark = useRef<HTMLDivElement>(null);
  const minimap = useRef<MinimapHandle>(null);
  const view = useRef<FlameView | null>(null);
  const latest = useRef({ ...props, zoom, selected, choose });
  const hovered = useRef<Hit>(null);
  const id = useId();
  const cursor = selected ?? zoom;
  const style = useStyle(root, canvas, theme);
  const colors = useMemo(
    () => (style === null ? null : colorTable(frames, colorBy, style.theme, rankedBy)),
    [frames, colorBy, style, rankedBy],
  );

  const placeMarks = useCallback(() => {
    const { current } = view;
    const { selected } = latest.current;
    const hit = hovered.current;
    placeOutline(hoverMark.current, hit === null ? null : (current?.boxOf(hit.node, hit.kind) ?? null));
    placeOutline(selectedMark.current, selected === null ? null : (current?.boxOf(selected) ?? null));
  }, []);

  useLayoutEffect(() => {
    latest.current = { ...props, zoom, selected, choose };
  });

  // The view lives as long as the elements; models are given to it below.
  useLayoutEffect(() => {
    const elements = { scroller: scroller.current!, spacer: spacer.current!, canvas: canvas.current! };
    const created = new FlameView(elements, (shown, whole) => {
      minimap.current?.show(shown.left / whole, shown.right / whole);
      placeMarks();
    });
    view.current = created;
    const observer = new ResizeObserver(() => created.resize(elements.scroller.clientWidth, elements.scroller.clientHeight));
    observer.observe(elements.scroller);
    created.resize(elements.scroller.clientWidth, elements.scroller.clientHeight);
    const unlisten = listen(stage.current!, {
      hover: (hit) => {
        if (hit?.node === hovered.current?.node && hit?.kind === hovered.current?.kind) return;
        hovered.current = hit;
        placeMarks();
        latest.current.onHover(hit?.node ?? null);
      },
      click: (hit) => {
        const { choose, onExpand, onZoom, zoom } = latest.current;
        if (hit?.kind === 'folded') onExpand?.(hit.node);
        else choose(hit?.node ?? null);
        if (hit?.kind !== 'frame') return;
        if (hit.node === zoom) created.zoomTo(zoom);
        else onZoom(hit.node);
      },
      menu: (hit, x, y) => {
        if (hit !== null) latest.current.onMenu(hit.node, x, y);
      },
      zoom: (x, factor) => created.zoomAtPointer(x, factor),
      pan: (pixels) => created.pan(pixels),
      scroll: (pixels) => (elements.scroller.scrollTop += pixels),
      hit: (x, y) => created.hit(x, y),
    });
    return () => {
      unlisten();
      observer.disconnect();
      created.dispose();
      view.current = null;
    };
  }, [placeMarks]);

  useLayoutEffect(() => {
    if (style === null || colors === null) return;
    hovered.current = null;
    view.current?.show({ frames, colors, ...style, hits: hits?.length === frames.count ? hits : null, direction, zoom });
    placeMarks();
  }, [frames, colors, style, hits, direction, zoom, placeMarks]);

  useEffect(() => {
    if (selected !== null) view.current?.reveal(selected);
    placeMarks();
  }, [selected, frames, placeMarks]);

  const perform = (action: KeyAction) => {
    switch (action.kind) {
      case 'select':
        choose(action.node);
        break;
      case 'zoom':
        props.onZoom(action.node);
        break;
      case 'command':
        props.onCommand?.(action.key, action.node);
        break;
      case 'reset':
        if (zoom !== 0) props.onZoom(0);
        else view.current?.zoomTo(0);
        break;
      case 'out':
        if (view.current?.isAway() === true) view.current.zoomTo(zoom);
        else if (zoom !== 0) props.onZoom(frames.parent[zoom]);
        else choose(null);
        break;
      case 'menu': {
        const corner = stage.current!.getBoundingClientRect();
        const box = view.current?.boxOf(action.node) ?? { x: 0, y: 0, width: 0, height: 0 };
        props.onMenu(action.node, corner.left + box.x + Math.min(box.width / 2, 60), corner.top + box.y + box.height);
        break;
      }
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const action = keyAction(event, frames, cursor, direction);
    if (action === null || (action.kind === 'command' && props.onCommand === undefined)) return;
    event.preventDefault();
    event.stopPropagation();
    perform(action);
  };

  return (
    <div ref={root} className="flame-graph" data-theme={theme}>
      <Minimap
        ref={minimap}
        frames={frames}
        colors={colors}
        theme={style?.theme ?? null}
        onWindow={(l, r) => view.current?.setWindow(l, r)}
      />
      <Breadcrumb frames={frames} zoom={zoom} unit={props.unit} onZoom={props.onZoom} />
      <div
        ref={scroller}
        className="flame-graph-scroll"
        role="treegrid"
        aria-label="Flame graph"
        aria-activedescendant={rowId(id, cursor)}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onScroll={() => view.current?.scrolled()}
      >
        <FlameGrid frames={frames} cursor={cursor} unit={props.unit} id={id} />
        <div ref={stage} className="flame-graph-stage">
          <canvas ref={canvas} className="flame-graph-canvas" aria-hidden="true" />
          <div ref={hoverMark} className="flame-graph-mark flame-graph-mark-hover" hidden />
          <div ref={selectedMark} className="flame-graph-mark flame-graph-mark-selected" hidden />
        </div>
        <div ref={spacer} className="flame-graph-spacer" />
      </div>
      <div className="flame-graph-grid" role="status">
        {zoom === 0 ? '' : describeZoom(frames, zoom, props.unit)}
      </div>
    </div>
  );
}
