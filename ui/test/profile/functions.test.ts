import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sandwich } from '../../src/profile/sandwich';
import { functionTable } from '../../src/profile/table';
import { expectTree, framesOf, stacks } from './random-frames';

describe('functions of a tree', () => {
  test('self and total are what a look at every stack gives; recursion counts once', () => {
    fc.assert(
      fc.property(stacks, (list) => {
        const frames = framesOf(list);
        const table = functionTable(frames);
        const wanted = new Map<string, [number, number]>();
        for (const { names, value } of list) {
          for (const name of new Set(names)) {
            const [self, total] = wanted.get(name) ?? [0, 0];
            wanted.set(name, [self + (names.at(-1) === name ? value : 0), total + value]);
          }
        }
        const rows = Array.from(table.name, (id, i) => [frames.names[id], [table.self[i], table.total[i]]] as const);
        expect(new Map(rows)).toEqual(wanted);
        expect(rows.length).toBe(wanted.size);
      }),
    );
  });

  test('a sandwich cuts every stack at its outermost call', () => {
    fc.assert(
      fc.property(stacks, fc.constantFrom('a', 'b', 'c', 'nobody'), (list, name) => {
        const result = sandwich(framesOf(list), name);
        const cut = list.filter((stack) => stack.names.includes(name));
        if (result === null) {
          expect(cut).toEqual([]);
          return;
        }
        const callees = cut.map(({ names, value }) => ({ names: names.slice(names.indexOf(name) + 1), value }));
        const callers = cut.map(({ names, value }) => ({ names: names.slice(0, names.indexOf(name)).reverse(), value }));
        expectTree({ ...result.callees, name: unnamed(result.callees.name) }, callees);
        expectTree({ ...result.callers, name: unnamed(result.callers.name) }, callers);
        expect(result.callees.names[result.callees.name[0]]).toBe(name);
        expect(result.callers.total[0]).toBe(result.callees.total[0]);
      }),
    );
  });
});

/** Stacks are told from below node 0, which is the function itself. */
function unnamed(name: Int32Array): Int32Array {
  return name.map((id, node) => (node === 0 ? -1 : id));
}
