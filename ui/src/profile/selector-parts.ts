import { parseSelector, type Matcher, type SelectorToken } from './selector';

/** One matcher of a selector as it is being typed, whole or not. Offsets count UTF-16 units of the selector. */
export interface SelectorPart {
  readonly start: number;
  readonly end: number;
  /** Null where it is not whole, or wrong. */
  readonly matcher: Matcher | null;
  readonly tokens: readonly SelectorToken[];
  readonly error: SelectorToken | null;
}

/**
 * The matchers between braces and commas, each read for itself: what is wrong with one says nothing about the others, so all of them keep
 * their colours, and completion knows the others while one is being typed.
 */
export function selectorParts(text: string): readonly SelectorPart[] {
  const parts: SelectorPart[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at <= text.length; at++) {
    const c = text[at];
    if (quoted && c === '\\') at++;
    else if (c === '"') quoted = !quoted;
    if (at < text.length && (quoted || !/[{},]/.test(c))) continue;
    parts.push(readPart(text, start, Math.min(at, text.length)));
    start = at + 1;
  }
  return parts;
}

/** Every stretch of the text for colouring, without gaps: those of the parts, and the braces and commas between them. */
export function selectorTokens(text: string): readonly SelectorToken[] {
  return selectorParts(text).flatMap((part) => {
    const between: SelectorToken = { kind: text[part.end] === ',' ? 'comma' : 'brace', start: part.end, end: part.end + 1 };
    return part.end < text.length ? [...part.tokens, between] : part.tokens;
  });
}

/** What is wrong, matcher by matcher; where each is right for itself, what is wrong with the whole. */
export function selectorErrors(text: string): readonly SelectorToken[] {
  const ofParts = selectorParts(text).flatMap((part) => part.error ?? []);
  if (ofParts.length > 0) return ofParts;
  const whole = parseSelector(text).error;
  return whole === null ? [] : [whole];
}

function readPart(text: string, start: number, end: number): SelectorPart {
  const { matchers, tokens, error } = parseSelector(text.slice(start, end));
  const moved = (token: SelectorToken): SelectorToken => ({ ...token, start: token.start + start, end: token.end + start });
  return {
    start,
    end,
    matcher: error === null ? (matchers.at(0) ?? null) : null,
    tokens: tokens.map(moved).filter((token) => token.end > token.start),
    error: error === null ? null : moved(error),
  };
}
