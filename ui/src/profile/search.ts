import type { Frames } from './frames';
import { toRegex } from './matcher';
import { partsOf } from './packages';

/** What a search found. */
export interface SearchResult {
  /** Per node 1 = its function matches. */
  readonly hits: Uint8Array;
  /** Different functions that match. */
  readonly functions: number;
  /** Value of the stacks with a match; each stack counts once, however many of its frames match. */
  readonly value: number;
  /** Outermost matching frame of each nest, widest first: what "next" and "previous" go through. */
  readonly order: Uint32Array;
}

/**
 * Reads a search: words that must all be in the name, in any case. `/json.*parse/` is a regular expression, `pkg:` looks at the package, `file:`
 * at the file, `!` in front turns a word around, quotes keep spaces. Throws an Error for people where a pattern is wrong.
 */
export function parseSearch(text: string): (name: string) => boolean {
  const tests = words(text).map(testOf);
  return (name) => tests.every((test) => test(name));
}

const WORD = /!?(?:(?:pkg|file):)?(?:"[^"]*"?|\/(?:\\.|[^\\])*?\/(?=\s|$)|\S+)/g;

function words(text: string): string[] {
  return text.match(WORD) ?? [];
}

function testOf(word: string): (name: string) => boolean {
  if (word.startsWith('!') && word.length > 1) {
    const test = testOf(word.slice(1));
    return (name) => !test(name);
  }
  if (word.startsWith('pkg:')) {
    const test = textTest(word.slice(4));
    return (name) => {
      const parts = partsOf(name);
      return test(parts.package) || test(name.slice(0, parts.functionAt));
    };
  }
  if (word.startsWith('file:')) {
    const test = textTest(word.slice(5));
    return (name) => {
      const { file } = partsOf(name);
      return file !== null && test(file);
    };
  }
  return textTest(word);
}

function textTest(word: string): (text: string) => boolean {
  if (word.length > 2 && word.startsWith('/') && word.endsWith('/')) {
    const regex = toRegex(word.slice(1, -1));
    return (text) => regex.test(text);
  }
  const wanted = word.replace(/^"|"$/g, '').toLowerCase();
  return (text) => text.toLowerCase().includes(wanted);
}

export function search(frames: Frames, text: string): SearchResult {
  const test = parseSearch(text);
  const matching = Uint8Array.from(frames.names, (name) => (test(name) ? 1 : 0));
  const { count, name, depth, total } = frames;
  const hits = new Uint8Array(count);
  const seen = new Uint8Array(matching.length);
  const outermost: number[] = [];
  let functions = 0;
  let value = 0;
  let within = 0xffff; // depth of the outermost match that we are below
  for (let node = 0; node < count; node++) {
    if (depth[node] <= within) within = 0xffff;
    const id = name[node];
    if (id < 0 || matching[id] === 0) continue;
    hits[node] = 1;
    functions += 1 - seen[id];
    seen[id] = 1;
    if (within !== 0xffff) continue;
    within = depth[node];
    value += total[node];
    outermost.push(node);
  }
  const order = Uint32Array.from(outermost).sort((a, b) => total[b] - total[a] || a - b);
  return { hits, functions, value, order };
}
