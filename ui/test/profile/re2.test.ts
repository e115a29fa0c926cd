import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactly } from '../../src/profile/re2';

test('matches its text and nothing else', () => {
  const text = fc.string({ unit: fc.constantFrom(...Array.from('a.*+?()[]{}|^$\\<>-/')) });
  fc.assert(
    fc.property(text, text, (name, other) => {
      expect(new RegExp(exactly(name)).test(name)).toBe(true);
      expect(new RegExp(exactly(name)).test(other)).toBe(name === other);
    }),
  );
});
