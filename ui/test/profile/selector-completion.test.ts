import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSelector } from '../../src/profile/selector';
import { complete, completionAt } from '../../src/profile/selector-completion';

/** `|` is the caret. */
function at(marked: string): ReturnType<typeof completionAt> {
  const caret = marked.indexOf('|');
  return completionAt(marked.replace('|', ''), caret);
}

describe('completion', () => {
  it.each([
    ['|', 'label', ''],
    ['{|}', 'label', ''],
    ['{po|}', 'label', 'po'],
    ['{po|d="x"}', 'label', 'po'],
    ['{pod |}', 'operator', ''],
    ['{pod!|}', 'operator', '!'],
    ['{pod=|}', 'value', ''],
    ['{pod="|"}', 'value', ''],
    ['{pod="a b|c"}', 'value', 'a b'],
    [String.raw`{pod="a\"|`, 'value', 'a"'],
    ['{a="1", ver|}', 'label', 'ver'],
  ])('of %s is a %s after "%s"', (marked, kind, typed) => {
    expect(at(marked)).toMatchObject({ kind, typed });
  });

  it('is none behind a whole value', () => {
    expect(at('{pod="x"|}')).toBeNull();
    expect(at('{pod="x" |}')).toBeNull();
  });

  it('knows the label and the other matchers, also behind the caret', () => {
    const place = at('{a="1", pod=~"|", b!="2"}');
    expect(place?.label).toBe('pod');
    expect(place?.others.map((m) => m.label)).toEqual(['a', 'b']);
  });

  it('puts a choice in place of what is typed', () => {
    const place = at('{pod="x|y", b="2"}');
    expect(complete('{pod="xy", b="2"}', place!, 'a"b')).toEqual({ text: String.raw`{pod="a\"b", b="2"}`, caret: 11 });
  });

  it('leads from nothing to a selector that parses, whatever is chosen', () => {
    const label = fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/);
    fc.assert(
      fc.property(label, fc.constantFrom('=', '!=', '=~', '!~'), fc.string(), (name, operator, value) => {
        let edit = { text: '{}', caret: 1 };
        edit = complete(edit.text, completionAt(edit.text, edit.caret)!, name);
        edit = { text: `${edit.text.slice(0, edit.caret)} ${edit.text.slice(edit.caret)}`, caret: edit.caret + 1 };
        edit = complete(edit.text, completionAt(edit.text, edit.caret)!, operator);
        edit = complete(edit.text, completionAt(edit.text, edit.caret)!, value);
        const { matchers, error } = parseSelector(edit.text);
        if (!operator.endsWith('~')) expect(error).toBeNull();
        if (error === null) expect(matchers).toEqual([{ label: name, operator, value }]);
        expect(edit.caret).toBe(edit.text.length - 1);
      }),
    );
  });

  it('stays within the text at any caret', () => {
    const piece = fc.constantFrom('{', '}', ',', '"', '=', '=~', '!', ' ', 'pod', '\\', 'x');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(40), (pieces, caretSeed) => {
        const text = pieces.join('');
        const caret = caretSeed % (text.length + 1);
        const place = completionAt(text, caret);
        if (place === null) return;
        expect(place.start).toBeGreaterThanOrEqual(0);
        expect(place.start).toBeLessThanOrEqual(place.end);
        expect(place.end).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
