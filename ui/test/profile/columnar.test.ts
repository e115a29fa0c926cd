import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readColumnar } from '../../src/profile/columnar';
import { byBytes, framesOf, randomFrames, stacks } from './random-frames';
import { encodeColumnar } from './encode-columnar';

describe('columnar trees', () => {
  test('the example of the format page reads as the page says', () => {
    const page = readFileSync(new URL('../../../docs/formats/columnar.md', import.meta.url), 'utf8');
    const example = /with 2 nodes:\n\n```\n([^`]*)```/.exec(page)![1];
    const hex = example
      .split('\n')
      .map((line) => line.slice(0, 32))
      .join(' ')
      .match(/\b[0-9A-F]{2}\b/g)!;
    const [frames, ...others] = readColumnar(Uint8Array.from(hex, (byte) => parseInt(byte, 16)));
    expect(others).toEqual([]);
    expect(frames.names).toEqual(['idle', 'main']);
    expect([...frames.name]).toEqual([-1, 1, 0]);
    expect([...frames.depth]).toEqual([0, 1, 2]);
    expect([...frames.parent]).toEqual([-1, 0, 1]);
    expect([...frames.start]).toEqual([0, 0, 0]);
    expect([...frames.self]).toEqual([0, 0, 5]);
    expect([...frames.total]).toEqual([7, 7, 5]);
    expect([...frames.folded]).toEqual([[1, 1]]);
    expect(frames.rows.map((row) => [...row])).toEqual([[0], [1], [2]]);
  });

  test('what is written is read again', () => {
    fc.assert(
      fc.property(randomFrames, fc.nat(), fc.integer({ min: 1, max: 1e9 }), (frames, node, count) => {
        const ancestors = [
          { name: null, self: 1, total: 2 ** 53 + 2 },
          { name: frames.names[0] ?? null, self: 0, total: 300 },
        ];
        const tree = { ...frames, ancestors, folded: new Map([[node % frames.count, count]]) };
        const read = readColumnar(encodeColumnar([tree, frames], frames.names));
        expect(read).toEqual([tree, frames]);
      }),
    );
  });

  test('names of any text, with and without common beginnings, are read again', () => {
    const texts = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 });
    fc.assert(
      fc.property(texts, (unsorted) => {
        const names = [...unsorted].sort(byBytes);
        const frames = framesOf(names.map((name) => ({ names: [name], value: 1 })));
        expect(readColumnar(encodeColumnar([frames], frames.names))[0].names).toEqual(names);
      }),
    );
  });

  test('any bytes after the header are frames or an error with a sentence', () => {
    const any = fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.from([0x4b, 0x47, 0x43, 0x54, 1, ...bytes]));
    fc.assert(fc.property(fc.oneof(any, fc.uint8Array()), readsOrRefuses), { numRuns: 2000 });
  });

  test('an answer with one byte changed, missing or added is frames or an error', () => {
    fc.assert(
      fc.property(stacks, fc.nat(), fc.nat({ max: 255 }), fc.constantFrom('set', 'cut', 'add'), (list, at, byte, how) => {
        const frames = framesOf(list);
        const bytes = encodeColumnar([frames], frames.names);
        const changed = how === 'cut' ? bytes.slice(0, at % bytes.length) : how === 'add' ? Uint8Array.from([...bytes, byte]) : bytes;
        if (how === 'set') changed[at % bytes.length] = byte;
        readsOrRefuses(changed);
        if (how !== 'set') expect(() => readColumnar(changed)).toThrow();
      }),
      { numRuns: 500 },
    );
  });

  test('lies about lengths cost no memory and no time', () => {
    const huge = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
    const head = [0x4b, 0x47, 0x43, 0x54, 1, 1];
    expect(() => readColumnar(Uint8Array.from([...head, ...huge]))).toThrow('promises');
    expect(() => readColumnar(Uint8Array.from([...head, 0, ...huge]))).toThrow('bytes of names');
    expect(() => readColumnar(Uint8Array.from([...head, 0, 0, 0, ...huge]))).toThrow('promises');
    expect(() => readColumnar(Uint8Array.from([...head, ...new Array<number>(12).fill(0xff)]))).toThrow('10 bytes');
  });

  test('refuses names out of order and totals below their children', () => {
    const head = [0x4b, 0x47, 0x43, 0x54, 1, 1];
    expect(() => readColumnar(Uint8Array.from([...head, 2, 2, 0, 1, 98, 0, 1, 97]))).toThrow('out of order');
    expect(() => readColumnar(Uint8Array.from([...head, 2, 2, 0, 1, 97, 1, 0]))).toThrow('out of order');
    expect(() => readColumnar(Uint8Array.from([...head, 1, 1, 0, 1, 97, 0, 2, 0, 0, 1, 0, 0, 1, 2, 0]))).toThrow('its self and children 2');
  });
});

function readsOrRefuses(bytes: Uint8Array): void {
  try {
    for (const frames of readColumnar(bytes)) expect(frames.count).toBeGreaterThan(0);
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(TypeError);
    expect(error).not.toBeInstanceOf(RangeError);
  }
}
