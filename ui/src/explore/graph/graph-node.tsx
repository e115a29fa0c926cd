import { memo, type KeyboardEvent, type MouseEvent } from 'react';
import type { CallNode } from '../../profile/call-graph';
import { formatValue } from '../../profile/units';
import type { Point } from './layout';
import type { NodeBox } from './node-box';

export interface GraphNodeProps {
  readonly index: number;
  readonly node: CallNode;
  readonly box: NodeBox;
  readonly at: Point;
  readonly numbers: string;
  readonly unit: string;
  readonly isSelected: boolean;
  /** Whether Tab comes here: one node of the graph has it, arrows move it. */
  readonly isTabStop: boolean;
  readonly onSelect: (index: number) => void;
  readonly onFocus: (index: number) => void;
  readonly onKey: (index: number, event: KeyboardEvent) => void;
  readonly onMenu: (index: number, event: MouseEvent) => void;
}

export const GraphNode = memo(function GraphNode(props: GraphNodeProps) {
  const { index, node, box, at, numbers, unit, isSelected, isTabStop, onSelect, onFocus, onKey, onMenu } = props;
  const told = `${node.name}: self ${formatValue(node.self, unit)}, total ${formatValue(node.total, unit)}`;
  return (
    <g
      role="button"
      aria-pressed={isSelected}
      tabIndex={isTabStop ? 0 : -1}
      data-node={index}
      className="graph-node"
      style={{ '--heat': box.heat }}
      transform={`translate(${at.x - box.width / 2},${at.y - box.height / 2})`}
      onClick={() => onSelect(index)}
      onFocus={() => onFocus(index)}
      onKeyDown={(event) => onKey(index, event)}
      onContextMenu={(event) => onMenu(index, event)}
    >
      <title>{told}</title>
      <rect width={box.width} height={box.height} rx={4} />
      <text x={box.width / 2} y={box.fontSize + 7} fontSize={box.fontSize}>
        {box.label}
      </text>
      <text className="graph-node-numbers" x={box.width / 2} y={box.height - 9}>
        {numbers}
      </text>
    </g>
  );
});
