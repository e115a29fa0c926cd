import { graphlib, layout } from '@dagrejs/dagre';
import type { CallGraph } from '../../profile/call-graph';
import type { NodeBox } from './node-box';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where everything is drawn, in pixels of the drawing; callers above callees. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** Centres of nodes. */
  readonly nodes: readonly Point[];
  /** Bends of edges, from caller to callee. */
  readonly edges: readonly (readonly Point[])[];
}

export function layoutGraph(graph: CallGraph, boxes: readonly NodeBox[]): GraphLayout {
  const dagre = new graphlib.Graph({ multigraph: false });
  dagre.setGraph({ rankdir: 'TB', nodesep: 18, ranksep: 42, edgesep: 10, marginx: 16, marginy: 16 });
  for (const [i, { width, height }] of boxes.entries()) dagre.setNode(String(i), { width, height });
  const heaviest = graph.edges[0]?.weight ?? 0;
  // Heavy edges are kept short and straight; dagre wants whole weights.
  for (const { from, to, weight } of graph.edges) {
    dagre.setEdge(String(from), String(to), { weight: 1 + Math.round((9 * weight) / Math.max(1, heaviest)) });
  }
  layout(dagre);
  const { width = 0, height = 0 } = dagre.graph() as { readonly width?: number; readonly height?: number };
  return {
    width,
    height,
    nodes: boxes.map((_, i) => dagre.node(String(i)) as Point),
    edges: graph.edges.map(({ from, to }) => (dagre.edge(String(from), String(to)) as { readonly points: readonly Point[] }).points),
  };
}

/** A smooth path through the bends of an edge: straight to the middle between two bends, and round each bend. */
export function edgePath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  let path = `M${at(first)}`;
  for (const [i, bend] of rest.entries()) {
    const next = rest.at(i + 1);
    path += next ? `Q${at(bend)} ${at({ x: (bend.x + next.x) / 2, y: (bend.y + next.y) / 2 })}` : `L${at(bend)}`;
  }
  return path;
}

const at = ({ x, y }: Point): string => `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`;
