import { expect, test } from 'vitest';
import { edgePath, layoutGraph } from '../../../src/explore/graph/layout';
import { neighbourOf } from '../../../src/explore/graph/neighbour-keys';
import { nodeBox } from '../../../src/explore/graph/node-box';
import { callGraph } from '../../../src/profile/call-graph';
import { treeOf } from '../../profile/stacks';

const graph = callGraph(treeOf('main;work;inner 9 | main;work;work;leaf 4 | main;idle 5'), 9);
const boxes = graph.nodes.map(({ name, self }) => nodeBox(name, self, 9, '9 s of 9 s'));
const layout = layoutGraph(graph, boxes);
const node = (name: string): number => graph.nodes.findIndex((n) => n.name === name);

test('callers stand above callees, and no two nodes overlap', () => {
  for (const { from, to } of graph.edges) {
    if (from !== to) expect(layout.nodes[from].y).toBeLessThan(layout.nodes[to].y);
  }
  for (let a = 0; a < boxes.length; a++) {
    for (let b = 0; b < a; b++) {
      const isApart =
        Math.abs(layout.nodes[a].x - layout.nodes[b].x) >= (boxes[a].width + boxes[b].width) / 2 ||
        Math.abs(layout.nodes[a].y - layout.nodes[b].y) >= (boxes[a].height + boxes[b].height) / 2;
      expect(isApart).toBe(true);
    }
  }
});

test('recursion has its line too', () => {
  const loop = graph.edges.findIndex((edge) => edge.from === edge.to);
  expect(graph.edges[loop]).toMatchObject({ from: node('work'), weight: 4 });
  expect(layout.edges[loop].length).toBeGreaterThan(2);
});

test('arrows follow the heaviest calls and go sideways within a rank', () => {
  expect(neighbourOf('ArrowDown', node('main'), graph, layout)).toBe(node('work'));
  expect(neighbourOf('ArrowUp', node('inner'), graph, layout)).toBe(node('work'));
  expect(neighbourOf('ArrowUp', node('main'), graph, layout)).toBeNull();
  const [left, right] = [node('work'), node('idle')].sort((a, b) => layout.nodes[a].x - layout.nodes[b].x);
  expect(neighbourOf('ArrowRight', left, graph, layout)).toBe(right);
  expect(neighbourOf('ArrowLeft', right, graph, layout)).toBe(left);
  expect(neighbourOf('s', left, graph, layout)).toBeNull();
});

test('a path begins and ends where the edge does', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 10, y: 10 },
    { x: 10, y: 30 },
    { x: 0, y: 40 },
  ];
  expect(edgePath(points)).toBe('M0,0Q10,10 10,20Q10,30 5,35L0,40');
});

test('the more of the cost is its own, the larger a node', () => {
  expect(nodeBox('hot', 9, 9, '').fontSize).toBeGreaterThan(nodeBox('hot', 1, 9, '').fontSize);
  expect(nodeBox('cold', 0, 9, '').heat).toBe(0);
  expect(nodeBox('x'.repeat(99), 0, 9, '').label).toHaveLength(34);
});
