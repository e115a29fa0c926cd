import { memo } from 'react';
import type { CallGraph } from '../../profile/call-graph';
import { formatShare, formatValue } from '../../profile/units';
import { edgePath, type GraphLayout } from './layout';

const WIDTH_MIN = 1;
const WIDTH_MAX = 7;

/** Lines from callers to callees, as wide as the share of everything that goes along them; dashed where functions between were cut. */
export const GraphEdges = memo(function GraphEdges({ graph, layout, total, unit, near }: GraphEdgesProps) {
  return (
    <g className="graph-edges">
      {graph.edges.map(({ from, to, weight, isIndirect }, i) => (
        <path
          key={`${from} ${to}`}
          d={edgePath(layout.edges[i])}
          data-indirect={isIndirect}
          data-near={from === near || to === near}
          style={{ '--share': total > 0 ? weight / total : 0 }}
          strokeWidth={WIDTH_MIN + (total > 0 ? ((WIDTH_MAX - WIDTH_MIN) * weight) / total : 0)}
          markerEnd="url(#graph-arrow)"
        >
          <title>
            {`${graph.nodes[from].name} → ${graph.nodes[to].name}: ${formatValue(weight, unit)}, ${formatShare(weight, total)}`}
            {isIndirect ? ', by way of others' : ''}
          </title>
        </path>
      ))}
    </g>
  );
});

export interface GraphEdgesProps {
  readonly graph: CallGraph;
  readonly layout: GraphLayout;
  readonly total: number;
  readonly unit: string;
  /** The node whose edges stand out; −1: none. */
  readonly near: number;
}
