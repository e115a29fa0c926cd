import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callGraph, type CallGraph } from '../../src/profile/call-graph';
import { parseStacks, stacksArbitrary, treeOf } from './stacks';

describe('a call graph', () => {
  test('has functions once, with who calls whom', () => {
    const graph = callGraph(treeOf('main;work;inner 9 | main;inner 3 | main;idle 5'), 10);
    expect(graph.nodes).toEqual([
      { name: 'main', self: 0, total: 17 },
      { name: 'inner', self: 12, total: 12 },
      { name: 'work', self: 0, total: 9 },
      { name: 'idle', self: 5, total: 5 },
    ]);
    expect(told(graph)).toEqual(['main→work 9', 'work→inner 9', 'main→idle 5', 'main→inner 3']);
    expect(graph.cut).toEqual({ functions: 0, self: 0, edges: 0 });
  });

  test('joins what a cut function joined, and says what was cut', () => {
    const graph = callGraph(treeOf('main;thin;inner 9 | main;thin;leaf 1'), 2);
    expect(graph.nodes.map((node) => node.name)).toEqual(['main', 'inner']);
    expect(told(graph)).toEqual(['main⇢inner 9']);
    expect(graph.cut).toEqual({ functions: 2, self: 1, edges: 0 });
  });

  test('keeps the function that one looks at, however small', () => {
    expect(callGraph(treeOf('main;big 90 | main;small 1'), 2, 'small').nodes.map((node) => node.name)).toContain('small');
  });

  test('leaves out light edges, but never the last into a function', () => {
    const graph = callGraph(treeOf('main;a;leaf 60 | main;b;leaf 39 | main;b;a;leaf 1'), 9, null, 0.05);
    expect(told(graph)).toEqual(['a→leaf 61', 'main→a 60', 'main→b 40', 'b→leaf 39']);
    expect(graph.cut.edges).toBe(1);
    expect(told(callGraph(treeOf('main;big 99 | main;small 1'), 9, null, 0.05))).toEqual(['main→big 99', 'main→small 1']);
  });

  test('counts every stack once, whatever recursion it has, as a walk over all stacks does', () => {
    fc.assert(
      fc.property(stacksArbitrary, fc.integer({ min: 1, max: 5 }), (text, budget) => {
        const graph = callGraph(treeOf(text), budget);
        const kept = new Set(graph.nodes.map((node) => node.name));
        const expected = naive(text, kept);
        expect(told(graph).sort()).toEqual([...expected.edges].map(([edge, weight]) => `${edge} ${weight}`).sort());
        for (const { name, self, total } of graph.nodes)
          expect([self, total]).toEqual([expected.self.get(name) ?? 0, expected.total.get(name)]);
        expect(graph.cut.functions).toBe(expected.total.size - kept.size);
        expect(kept.size).toBe(Math.min(budget, expected.total.size));
      }),
    );
  });
});

function told(graph: CallGraph): string[] {
  return graph.edges.map((e) => `${graph.nodes[e.from].name}${e.isIndirect ? '⇢' : '→'}${graph.nodes[e.to].name} ${e.weight}`);
}

/** By definition: stack by stack, in sets. */
function naive(text: string, kept: ReadonlySet<string>) {
  const self = new Map<string, number>();
  const total = new Map<string, number>();
  const weights = new Map<string, number>();
  const direct = new Set<string>();
  const add = (to: Map<string, number>, key: string, value: number): void => void to.set(key, (to.get(key) ?? 0) + value);
  for (const { names, value } of parseStacks(text)) {
    const last = names.at(-1);
    if (last !== undefined) add(self, last, value);
    for (const name of new Set(names)) add(total, name, value);
    const pairs = new Set<string>();
    let above: { readonly name: string; readonly at: number } | null = null;
    for (const [at, name] of names.entries()) {
      if (!kept.has(name)) continue;
      if (above !== null) {
        pairs.add(`${above.name} ${name}`);
        if (above.at === at - 1) direct.add(`${above.name} ${name}`);
      }
      above = { name, at };
    }
    for (const pair of pairs) add(weights, pair, value);
  }
  const edges = new Map([...weights].map(([pair, weight]) => [pair.replace(' ', direct.has(pair) ? '→' : '⇢'), weight]));
  return { self, total, edges };
}
