import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameOf } from '../../src/profile/frames';
import { parseSearch, search } from '../../src/profile/search';
import { framesOf, stacks } from './random-frames';

describe('search', () => {
  test.each([
    ['json', 'encoding/JSON.Parse', true],
    ['json parse', 'encoding/json.Parse', true],
    ['json write', 'encoding/json.Parse', false],
    ['json !parse', 'encoding/json.Parse', false],
    ['/json.*parse$/', 'encoding/json.Parse', true],
    ['!/^enc/', 'encoding/json.Parse', false],
    ['pkg:json', 'encoding/json.Parse', true],
    ['pkg:parse', 'encoding/json.Parse', false],
    ['pkg:/^encoding.json$/', 'encoding/json.Parse', true],
    ['file:web', './web.mjs:visit:62', true],
    ['file:visit', './web.mjs:visit:62', false],
    ['file:web', 'main.web', false],
    ['"a b"', 'x a b c', true],
    ['"a b"', 'x b a c', false],
    ['net/http', 'net/http.Get', true],
    ['/a b/', 'xa bx', true],
    ['!', 'a!b', true],
    ['', 'anything', true],
  ])('%s in %s: %s', (text, name, expected) => expect(parseSearch(text)(name)).toBe(expected));

  test('a broken pattern is an error with a sentence', () => expect(() => parseSearch('/(/')).toThrow('no regular expression'));

  test('hits, functions and value are what a look at every stack gives', () => {
    fc.assert(
      fc.property(stacks, fc.constantFrom('a', '!a', 'e', '/^[bc]$/', 'pkg:g/h', 'zzz'), (list, text) => {
        const frames = framesOf(list);
        const test = parseSearch(text);
        const found = search(frames, text);
        const matching = (node: number) => frames.name[node] >= 0 && test(nameOf(frames, node));
        expect([...found.hits]).toEqual(Array.from({ length: frames.count }, (_, node) => (matching(node) ? 1 : 0)));
        expect(found.functions).toBe(new Set(list.flatMap((stack) => stack.names.filter((name) => test(name)))).size);
        expect(found.value).toBe(list.reduce((sum, stack) => sum + (stack.names.some((name) => test(name)) ? stack.value : 0), 0));
        let value = 0;
        for (const [i, node] of found.order.entries()) {
          expect(matching(node)).toBe(true);
          if (i > 0) expect(frames.total[node]).toBeLessThanOrEqual(frames.total[found.order[i - 1]]);
          value += frames.total[node];
        }
        expect(value).toBe(found.value);
      }),
      { numRuns: 500 },
    );
  });
});
