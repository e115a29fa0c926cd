import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { branchOf, childrenOfBranch, flatten, hotPath, namesOf, type Parts } from '../../../src/explore/tree/branches';
import { folded, stacksArbitrary, treeOf } from '../../profile/stacks';

const none: Parts = new Map();

describe('rows of a tree table', () => {
  test('a closed tree is one row, an open one its children by total', () => {
    const root = branchOf(treeOf('main;work;inner 9 | main;work 3 | main;idle 15'), 0, null);
    expect(names(flatten([root], new Set(), none, 'total'))).toEqual(['1 total']);
    const open = new Set(['total', 'total\0main']);
    expect(names(flatten([root], open, none, 'total'))).toEqual(['1 total', '2 main', '3 idle', '3 work']);
    expect(names(flatten([root], open, none, 'name'))).toEqual(['1 total', '2 main', '3 idle', '3 work']);
  });

  test('a folded branch has a note until its part is here, then the children of the part', () => {
    const whole = 'main;work;inner 9 | main;work 3 | main;idle 5';
    const frames = folded(treeOf(whole), 'main', 'work');
    const open = new Set(['total', 'total\0main', 'total\0main\0work']);
    const root = branchOf(frames, 0, null);
    expect(names(flatten([root], open, none, 'total'))).toEqual(['1 total', '2 main', '3 work', '4 …1', '3 idle']);
    const part = treeOf('inner 9 | 3');
    const rows = flatten([root], open, new Map([['total\0main\0work', part]]), 'total');
    expect(names(rows)).toEqual(['1 total', '2 main', '3 work', '4 inner', '3 idle']);
  });

  test('with everything open, every node is a row once, under its parent and with its path as key', () => {
    fc.assert(
      fc.property(stacksArbitrary, (stacks) => {
        const frames = treeOf(stacks);
        const root = branchOf(frames, 0, null);
        const open = new Set<string>();
        const openAll = (key: string, of = root): void => {
          open.add(key);
          for (const child of childrenOfBranch(of, none, 'total')) openAll(child.key, child);
        };
        openAll(root.key);
        const rows = flatten([root], open, none, 'total');
        expect(rows).toHaveLength(frames.count);
        for (const row of rows) {
          expect(row.kind).toBe('branch');
          expect(namesOf(row.branch.key)).toHaveLength(row.level);
          expect(row.kind === 'branch' && row.isLeaf).toBe(childrenOfBranch(row.branch, none, 'total').length === 0);
        }
      }),
    );
  });

  test('the hot path goes on while a child has at least half', () => {
    const root = branchOf(treeOf('main;work;inner 9 | main;work;outer 3 | main;work;other 7 | main;idle 5'), 0, null);
    expect(hotPath(root, none)).toEqual(['total', 'total\0main', 'total\0main\0work']);
  });
});

function names(rows: ReturnType<typeof flatten>): string[] {
  return rows.map((row) => (row.kind === 'branch' ? `${row.level} ${row.branch.name}` : `${row.level} …${row.folded}`));
}
