import type { CallGraph } from '../../profile/call-graph';
import type { GraphLayout } from './layout';

/** The node that an arrow key goes to: ↑ the heaviest caller, ↓ the heaviest callee, ← → what lies beside. Null for other keys and dead ends. */
export function neighbourOf(key: string, node: number, graph: CallGraph, layout: GraphLayout): number | null {
  switch (key) {
    case 'ArrowUp':
      return graph.edges.find((edge) => edge.to === node && edge.from !== node)?.from ?? null;
    case 'ArrowDown':
      return graph.edges.find((edge) => edge.from === node && edge.to !== node)?.to ?? null;
    case 'ArrowLeft':
      return beside(node, layout, -1);
    case 'ArrowRight':
      return beside(node, layout, 1);
    default:
      return null;
  }
}

/** The next node of about the same height on one side. */
function beside(node: number, { nodes }: GraphLayout, side: 1 | -1): number | null {
  const { x, y } = nodes[node];
  let best: number | null = null;
  for (const [i, other] of nodes.entries()) {
    const ahead = (other.x - x) * side;
    if (i === node || ahead <= 0 || Math.abs(other.y - y) > ROW) continue;
    if (best === null || ahead < (nodes[best].x - x) * side) best = i;
  }
  return best;
}

/** Nodes of one rank differ in height by less than this. */
const ROW = 20;
