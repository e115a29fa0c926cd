import { expect, test } from 'vitest';
import { frameFacts } from '../../../src/explore/inspector/frame-facts';
import { findPath } from '../../../src/profile/frames';
import { folded, treeOf } from '../../profile/stacks';

const STACKS = 'main;work;inner 9 | main;work;outer 4 | main;work 3 | main;idle 4';

test('a frame knows its shares: of its caller, of the view, of all', () => {
  const frames = treeOf(STACKS);
  const facts = frameFacts(frames, findPath(frames, ['main', 'work']), ['main', 'work'], 5);
  expect(facts).toMatchObject({ name: 'work', self: 3, total: 16, view: 16, all: 20, parent: { name: 'main', total: 20 }, folded: 0 });
  expect(facts.callees.map(({ name, total }) => [name, total])).toEqual([
    ['inner', 9],
    ['outer', 4],
  ]);
});

test('a zoom that the tree does not have is no zoom', () => {
  const frames = treeOf(STACKS);
  expect(frameFacts(frames, 0, ['gone'], 5)).toMatchObject({ name: 'total', view: 20, parent: null });
});

test('what is folded below is counted', () => {
  const frames = folded(treeOf(STACKS), 'main', 'work');
  expect(frameFacts(frames, findPath(frames, ['main', 'work']), [], 5)).toMatchObject({ folded: 2, callees: [], total: 16 });
});
