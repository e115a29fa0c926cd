import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { followOwner } from '../../src/flame/use-cursor';
import { keyAction } from '../../src/flame/keys';
import { stepFrom } from '../../src/flame/navigate';
import { childrenOf } from '../../src/profile/frames';
import { framesOf, randomFrames } from '../profile/random-frames';

const frames = framesOf([
  { names: ['main', 'idle'], value: 5 },
  { names: ['main', 'work', 'inner'], value: 9 },
]);
const [root, main, idle, work, inner] = [0, 1, 2, 3, 4];
const press = (key: string, node: number, direction: 'icicle' | 'flame' = 'icicle', more: object = {}) =>
  keyAction({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more }, frames, node, direction);

describe('keys of the flame graph', () => {
  test('arrows walk to caller, widest callee and siblings, the way they look', () => {
    expect(press('ArrowDown', main)).toEqual({ kind: 'select', node: work });
    expect(press('ArrowUp', work)).toEqual({ kind: 'select', node: main });
    expect(press('ArrowUp', root)).toEqual({ kind: 'select', node: root });
    expect(press('ArrowLeft', work)).toEqual({ kind: 'select', node: idle });
    expect(press('ArrowRight', work)).toEqual({ kind: 'select', node: work });
    expect(press('ArrowDown', inner)).toEqual({ kind: 'select', node: inner });
    expect(press('ArrowUp', main, 'flame')).toEqual({ kind: 'select', node: work });
  });

  test('commands, zoom, menu; all else bubbles', () => {
    expect(press('Enter', work)).toEqual({ kind: 'zoom', node: work });
    expect(press('Escape', work)).toEqual({ kind: 'out' });
    expect(press('0', work)).toEqual({ kind: 'reset' });
    expect(press('F10', work, 'icicle', { shiftKey: true })).toEqual({ kind: 'menu', node: work });
    expect(press('h', work)).toEqual({ kind: 'command', key: 'h', node: work });
    expect(press('C', work, 'icicle', { shiftKey: true })).toEqual({ kind: 'command', key: 'C', node: work });
    for (const key of ['/', 'n', 'N', 't', '?', '1', 'Tab', 'F10', 'PageDown']) expect(press(key, work)).toBeNull();
    for (const held of ['ctrlKey', 'metaKey', 'altKey']) expect(press('c', work, 'icicle', { [held]: true })).toBeNull();
  });

  test('steps stay in the tree and lead back', () => {
    fc.assert(
      fc.property(randomFrames, fc.nat(), (tree, at) => {
        const node = at % tree.count;
        const child = stepFrom(tree, node, 'child');
        if (child !== node) {
          expect(stepFrom(tree, child, 'parent')).toBe(node);
          expect(tree.total[child]).toBe(Math.max(...childrenOf(tree, node).map((other) => tree.total[other])));
        } else expect(childrenOf(tree, node)).toEqual([]);
        const next = stepFrom(tree, node, 'next');
        expect(tree.parent[next]).toBe(tree.parent[node]);
        if (next !== node) expect(stepFrom(tree, next, 'previous')).toBe(node);
      }),
    );
  });
});

describe('the marked frame', () => {
  const twice = framesOf([
    { names: ['a', 'b'], value: 1 },
    { names: ['b'], value: 2 },
  ]);
  const [bUnderA, b] = [2, 3];
  const chosen = { frames: twice, given: null, own: bUnderA, asked: true };

  test("stays the chosen call where the owner answers with another call of the function, and follows the owner's next change", () => {
    const answered = followOwner(chosen, twice, b);
    expect(answered).toEqual({ frames: twice, given: b, own: bUnderA, asked: false });
    expect(followOwner(answered, twice, b)).toBe(answered);
    expect(followOwner(answered, twice, bUnderA).own).toBeNull();
    expect(followOwner(answered, twice, 1).own).toBeNull();
  });

  test('is the owner’s where it answers with another function, or with another tree', () => {
    expect(followOwner(chosen, twice, 1).own).toBeNull();
    expect(followOwner(chosen, frames, null)).toEqual({ frames, given: null, own: null, asked: false });
  });
});
