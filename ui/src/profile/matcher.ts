import { partsOf } from './packages';

/** Which functions a transform is about. */
export type Matcher =
  | { readonly by: 'function'; readonly name: string }
  | { readonly by: 'package'; readonly name: string }
  | { readonly by: 'regex'; readonly pattern: string };

/** Per name 1 = matches. Throws an Error for people where a pattern is no regular expression. */
export function matchNames(matcher: Matcher, names: readonly string[]): Uint8Array {
  const test = testOf(matcher);
  return Uint8Array.from(names, (name) => (test(name) ? 1 : 0));
}

function testOf(matcher: Matcher): (name: string) => boolean {
  switch (matcher.by) {
    case 'function':
      return (name) => name === matcher.name;
    case 'package':
      return (name) => partsOf(name).package === matcher.name;
    case 'regex': {
      const regex = toRegex(matcher.pattern);
      return (name) => regex.test(name);
    }
  }
}

/** Patterns ignore case, as people do. */
export function toRegex(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'iu');
  } catch (error) {
    throw new Error(`/${pattern}/ is no regular expression: ${error instanceof Error ? error.message.replace(/^.*: /, '') : ''}`, {
      cause: error,
    });
  }
}

/** `main.run`, `pkg:net/http`, `/json/`; `fn:` in front of names that would read as something else. */
export function encodeMatcher(matcher: Matcher): string {
  switch (matcher.by) {
    case 'function':
      return /^(pkg:|fn:|\/.*\/$)/s.test(matcher.name) ? `fn:${matcher.name}` : matcher.name;
    case 'package':
      return `pkg:${matcher.name}`;
    case 'regex':
      return `/${matcher.pattern}/`;
  }
}

/** Inverts `encodeMatcher`; every text is a matcher. */
export function decodeMatcher(text: string): Matcher {
  if (text.startsWith('fn:')) return { by: 'function', name: text.slice(3) };
  if (text.startsWith('pkg:')) return { by: 'package', name: text.slice(4) };
  if (/^\/.*\/$/s.test(text) && text.length > 1) return { by: 'regex', pattern: text.slice(1, -1) };
  return { by: 'function', name: text };
}
