import fc from 'fast-check';
import { expect, test } from 'vitest';
import { functionOfPath } from '../../src/functions/function-of-path';
import { functionHref } from '../../src/url/links';

// Addresses have no way to say a segment of dots alone; no function is called so.
const name = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text !== '.' && text !== '..');

test('any name comes back from its own address, below any prefix', () => {
  fc.assert(
    fc.property(name, fc.constantFrom('', '/profiles'), (fn, base) => {
      expect(functionOfPath(new URL(base + functionHref(fn), 'http://x').pathname, base)).toBe(fn);
    }),
    {
      examples: [
        ['net/http.(*conn).serve', ''],
        ['Cart.Add<T>', '/p'],
        ['100%', ''],
      ],
    },
  );
});

test('an address typed by hand with a bare % is read as it stands', () => {
  expect(functionOfPath('/functions/50%', '')).toBe('50%');
});
