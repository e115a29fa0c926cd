import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSelector, parseSelector, type Matcher } from '../../src/profile/selector';
import { selectorErrors, selectorParts, selectorTokens } from '../../src/profile/selector-parts';

const matcher = fc.record<Matcher>({
  label: fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/),
  operator: fc.constantFrom('=', '!='),
  value: fc.string({ maxLength: 12 }),
});
const piece = fc.constantFrom('{', '}', ',', '"', '=', '=~', '!', ' ', 'pod', '\\', '\\"', 'x', '.*');

describe('selector parts', () => {
  it('are the matchers of a whole selector', () => {
    fc.assert(
      fc.property(fc.array(matcher, { maxLength: 5 }), (matchers) => {
        const text = formatSelector(matchers);
        expect(selectorParts(text).flatMap((p) => p.matcher ?? [])).toEqual(parseSelector(text).matchers);
        expect(parseSelector(text).matchers).toEqual(matchers);
        expect(selectorErrors(text)).toEqual([]);
      }),
    );
  });

  it('keep commas, braces and escaped quotes within values', () => {
    const parts = selectorParts(String.raw`{a="x,}\"{", b="y"}`);
    expect(parts.flatMap((p) => p.matcher ?? [])).toEqual([
      { label: 'a', operator: '=', value: 'x,}"{' },
      { label: 'b', operator: '=', value: 'y' },
    ]);
  });

  it('mark each matcher that is wrong, and only those', () => {
    const text = '{a, b="y", c=~"("}';
    const wrong = selectorErrors(text).map((e) => text.slice(e.start, e.end));
    expect(wrong).toHaveLength(2);
    expect(selectorErrors(text)[0].message).toBe('expected =, !=, =~ or !~');
    expect(selectorErrors(text)[1].message).toContain('no regular expression');
    expect(selectorParts(text).flatMap((p) => p.matcher ?? [])).toEqual([{ label: 'b', operator: '=', value: 'y' }]);
  });

  it('says what the whole lacks where each matcher is right', () => {
    expect(selectorErrors('{a="x"').map((e) => e.message)).toEqual(['expected }']);
  });

  it('cover any text with tokens, without gaps', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        expect(
          selectorTokens(text)
            .map((t) => text.slice(t.start, t.end))
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it('find something wrong wherever the parser does', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        if (parseSelector(text).error !== null) expect(selectorErrors(text).length).toBeGreaterThan(0);
      }),
    );
  });
});
