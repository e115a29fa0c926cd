import { expect, test } from 'vitest';
import { branchOf, flatten } from '../../../src/explore/tree/branches';
import { treeKey } from '../../../src/explore/tree/tree-keys';
import { treeOf } from '../../profile/stacks';

const rows = flatten([branchOf(treeOf('main;work;inner 9 | main;idle 5'), 0, null)], new Set(['total', 'total\0main']), new Map(), 'total');
// 0 total, 1 main, 2 work (closed), 3 idle (a leaf)

test('→ opens what is closed, then goes into it, and stays on a leaf', () => {
  expect(treeKey('ArrowRight', rows, 2)).toEqual({ kind: 'toggle' });
  expect(treeKey('ArrowRight', rows, 1)).toEqual({ kind: 'move', to: 2 });
  expect(treeKey('ArrowRight', rows, 3)).toEqual({ kind: 'stay' });
});

test('← closes what is open, else goes to the parent', () => {
  expect(treeKey('ArrowLeft', rows, 1)).toEqual({ kind: 'toggle' });
  expect(treeKey('ArrowLeft', rows, 3)).toEqual({ kind: 'move', to: 1 });
  expect(treeKey('ArrowLeft', flatten([rows[0].branch], new Set(), new Map(), 'total'), 0)).toEqual({ kind: 'stay' });
});

test('other keys are not the tree’s', () => {
  expect(treeKey('s', rows, 1)).toBeNull();
});
