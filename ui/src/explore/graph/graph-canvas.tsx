import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { CallGraph } from '../../profile/call-graph';
import { formatShare, formatValue } from '../../profile/units';
import type { FunctionMenu } from '../tools/use-function-menu';
import { GraphEdges } from './graph-edges';
import { GraphNode } from './graph-node';
import { GraphZoom } from './graph-zoom';
import './graph.css';
import { layoutGraph } from './layout';
import { neighbourOf } from './neighbour-keys';
import { nodeBox } from './node-box';
import { usePanZoom } from './use-pan-zoom';

export interface GraphCanvasProps extends Pick<FunctionMenu, 'onMenu' | 'onCommand'> {
  readonly graph: CallGraph;
  readonly total: number;
  readonly unit: string;
  readonly fn: string | null;
  readonly onSelect: (fn: string) => void;
}

/** Boxes and lines that can be moved and zoomed; arrows go along the heaviest calls, Enter selects. */
export function GraphCanvas({ graph, total, unit, fn, onSelect, onMenu, onCommand }: GraphCanvasProps) {
  const { nodes } = graph;
  const numbers = useMemo(
    () =>
      nodes.map(
        ({ self, total: all }) =>
          `${self > 0 ? `${formatValue(self, unit)} of ` : ''}${formatValue(all, unit)} · ${formatShare(all, total)}`,
      ),
    [nodes, unit, total],
  );
  const boxes = useMemo(() => {
    const largest = Math.max(0, ...nodes.map((node) => node.self));
    return nodes.map(({ name, self }, i) => nodeBox(name, self, largest, numbers[i]));
  }, [nodes, numbers]);
  const layout = useMemo(() => layoutGraph(graph, boxes), [graph, boxes]);
  const selected = nodes.findIndex((node) => node.name === fn);
  const [focused, setFocused] = useState<number | null>(null);
  const centre = selected >= 0 ? selected : 0;
  const stop = focused !== null && focused < nodes.length ? focused : centre;
  const drawing = useRef<SVGSVGElement>(null);
  const { pane, view, zoom, showAll, reveal, ...pointer } = usePanZoom(layout, layout.nodes[centre]);
  const pressed = (index: number, event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = neighbourOf(event.key, index, graph, layout);
    if (to !== null) drawing.current?.querySelector<SVGGElement>(`[data-node="${to}"]`)?.focus();
    else if (event.key === 'Enter' || event.key === ' ') onSelect(nodes[index].name);
    else if (event.key === '+' || event.key === '-') zoom(event.key === '+' ? 1.25 : 0.8);
    else if (event.key === '0') showAll();
    else if (!event.key.startsWith('Arrow') && !onCommand(nodes[index].name, event.key)) return;
    event.preventDefault();
  };
  return (
    <div ref={pane} className="graph-canvas" {...pointer}>
      <svg ref={drawing} role="group" aria-label={`Call graph of ${nodes.length} functions`}>
        <defs>
          <marker
            id="graph-arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0 8 4 0 8z" />
          </marker>
        </defs>
        <g transform={`translate(${view.x},${view.y}) scale(${view.scale})`}>
          <GraphEdges graph={graph} layout={layout} total={total} unit={unit} near={selected} />
          {nodes.map((node, i) => (
            <GraphNode
              key={node.name}
              index={i}
              node={node}
              box={boxes[i]}
              at={layout.nodes[i]}
              numbers={numbers[i]}
              unit={unit}
              isSelected={i === selected}
              isTabStop={i === stop}
              onSelect={(index) => onSelect(nodes[index].name)}
              onFocus={(index) => {
                setFocused(index);
                reveal(layout.nodes[index], boxes[index]);
              }}
              onKey={pressed}
              onMenu={(index, event) => {
                event.preventDefault();
                const box = event.currentTarget.getBoundingClientRect();
                const byKey = event.button !== 2;
                onMenu(nodes[index].name, byKey ? box.left : event.clientX, byKey ? box.bottom : event.clientY);
              }}
            />
          ))}
        </g>
      </svg>
      <GraphZoom zoom={zoom} showAll={showAll} />
    </div>
  );
}
