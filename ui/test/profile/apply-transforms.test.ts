import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyTransforms } from '../../src/profile/apply-transforms';
import type { Matcher } from '../../src/profile/matcher';
import { matchNames } from '../../src/profile/matcher';
import { partsOf } from '../../src/profile/packages';
import { decodeTransform, encodeTransform, type Transform } from '../../src/profile/transforms';
import { expectTree, framesOf, randomFrames, stacks, type Stack } from './random-frames';

const matchers: fc.Arbitrary<Matcher> = fc.oneof(
  fc.record({ by: fc.constant('function' as const), name: fc.constantFrom('a', 'b', 'g/h.(*I).j', 'nobody') }),
  fc.record({ by: fc.constant('package' as const), name: fc.constantFrom('g/h', 'd', '') }),
  fc.record({ by: fc.constant('regex' as const), pattern: fc.constantFrom('^[ab]$', '.', 'É') }),
);

const matched = ['focus', 'showFrom', 'hide', 'merge', 'drop', 'collapseRecursion', 'collapsePackage'] as const;
const plain = ['ownCode', 'invert', 'collapseAllRecursion', 'collapseAllPackages'] as const;
const transforms: fc.Arbitrary<Transform> = fc.oneof(
  fc.record({ kind: fc.constantFrom(...matched), match: matchers, enabled: fc.boolean() }),
  fc.record({ kind: fc.constantFrom(...plain), enabled: fc.boolean() }),
);

/** What each transform does to one stack: null drops it. The plain twin of the real thing. */
function transformStack(names: readonly string[], transform: Transform): readonly string[] | null {
  const match = (name: string) => 'match' in transform && matchNames(transform.match, [name])[0] === 1;
  const first = names.findIndex(match);
  switch (transform.kind) {
    case 'focus':
      return first < 0 ? null : names;
    case 'showFrom':
      return first < 0 ? null : names.slice(first);
    case 'hide':
      return names.filter((name) => !match(name));
    case 'merge':
      return first < 0 ? names : names.slice(0, first);
    case 'drop':
      return first < 0 ? names : null;
    case 'invert':
      return [...names].reverse();
    case 'ownCode':
      return names.filter((name) => partsOf(name).kind === 'own');
    case 'collapseRecursion':
    case 'collapseAllRecursion':
      return names.reduce<string[]>((stack, name) => {
        const open = transform.kind === 'collapseAllRecursion' || match(name) ? stack.indexOf(name) : -1;
        return open < 0 ? [...stack, name] : stack.slice(0, open + 1);
      }, []);
    case 'collapsePackage':
    case 'collapseAllPackages': {
      const all = transform.kind === 'collapseAllPackages';
      const packageOf = (name: string | undefined) => (name === undefined ? '' : partsOf(name).package);
      return names.filter((name, i) => {
        const caller = names.at(i - 1)!;
        const same = i > 0 && packageOf(caller) !== '' && packageOf(caller) === packageOf(name);
        return !(same && (all || (match(name) && match(caller))));
      });
    }
  }
}

describe('transforms', () => {
  test('do to a tree what they do to each of its stacks', () => {
    fc.assert(
      fc.property(stacks, fc.array(transforms, { minLength: 1, maxLength: 4 }), (list, transforms) => {
        let left: readonly Stack[] = list;
        for (const transform of transforms) {
          if (!transform.enabled) continue;
          left = left.flatMap((stack) => {
            const names = transformStack(stack.names, transform);
            return names === null ? [] : [{ names, value: stack.value }];
          });
        }
        expectTree(applyTransforms(framesOf(list), transforms), left);
      }),
      { numRuns: 1500 },
    );
  });

  test('totals stay unless stacks are left out, folded value included', () => {
    const keeping = transforms.filter(({ kind }) => kind !== 'focus' && kind !== 'showFrom' && kind !== 'drop');
    fc.assert(
      fc.property(randomFrames, fc.nat(), fc.integer({ min: 1, max: 500 }), keeping, (frames, at, value, transform) => {
        const folding = fold(frames, at % frames.count, value);
        const after = applyTransforms(folding, [{ ...transform, enabled: true }]);
        expect(after.total[0]).toBe(folding.total[0]);
      }),
    );
  });

  test('both sides of a comparison are transformed alike', () => {
    fc.assert(
      fc.property(stacks, transforms, (list, transform) => {
        const plain = framesOf(list);
        const half = (column: Float64Array, factor: number) => column.map((value) => value * factor);
        const side = (factor: number) => ({ self: half(plain.self, factor), total: half(plain.total, factor) });
        const after = applyTransforms({ ...plain, sides: { left: side(0.25), right: side(0.75) } }, [transform]);
        const alone = applyTransforms(plain, [transform]);
        expect([...after.total]).toEqual([...alone.total]);
        expect([...after.sides!.left.total]).toEqual([...half(alone.total, 0.25)]);
        expect([...after.sides!.right.self]).toEqual([...half(alone.self, 0.75)]);
      }),
    );
  });

  test('text of a transform reads as the transform', () => {
    const names = fc.oneof(fc.string(), fc.constantFrom('pkg:a', 'fn:b', '/c/', '~d', '/', '//', 'a:b'));
    const any: fc.Arbitrary<Matcher> = fc.oneof(
      fc.record({ by: fc.constantFrom('function' as const, 'package' as const), name: names }),
      fc.record({ by: fc.constant('regex' as const), pattern: names }),
    );
    const all = fc.oneof(transforms, fc.record({ kind: fc.constantFrom(...matched), match: any, enabled: fc.boolean() }));
    fc.assert(
      fc.property(all, (transform) => {
        expect(decodeTransform(encodeTransform(transform))).toEqual(transform);
      }),
    );
    expect(encodeTransform({ kind: 'hide', match: { by: 'package', name: 'net/http' }, enabled: false })).toBe('~hide:pkg:net/http');
    fc.assert(
      fc.property(fc.string(), (text) => {
        const transform = decodeTransform(text);
        if (transform !== null) expect(decodeTransform(encodeTransform(transform))).toEqual(transform);
      }),
    );
    expect([decodeTransform(''), decodeTransform('hide'), decodeTransform('do:a')]).toEqual([null, null, null]);
  });

  test('a pattern that is none is an error with a sentence', () => {
    const broken: Transform = { kind: 'hide', match: { by: 'regex', pattern: '(' }, enabled: true };
    expect(() => applyTransforms(framesOf([{ names: ['a'], value: 1 }]), [broken])).toThrow('/(/ is no regular expression');
  });
});

/** The tree with `value` more below a node, folded. */
function fold(frames: ReturnType<typeof framesOf>, node: number, value: number): ReturnType<typeof framesOf> {
  const total = frames.total.slice();
  for (let at = node; at >= 0; at = frames.parent[at]) total[at] += value;
  return { ...frames, total, folded: new Map([[node, 3]]) };
}
