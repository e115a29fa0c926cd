/** A label selector as people type it: `{service_name="cart", pod=~"a.*"}`. */
export type Operator = '=' | '!=' | '=~' | '!~';

export interface Matcher {
  readonly label: string;
  readonly operator: Operator;
  readonly value: string;
}

/** A stretch of the text, for colouring, completion and marks. Offsets count UTF-16 units, `end` excluded. */
export interface SelectorToken {
  readonly kind: 'brace' | 'label' | 'operator' | 'value' | 'comma' | 'space' | 'error';
  readonly start: number;
  readonly end: number;
  /** Of an error: what was expected here. */
  readonly message?: string;
}

export interface ParsedSelector {
  readonly matchers: readonly Matcher[];
  readonly tokens: readonly SelectorToken[];
  /** The first thing that is wrong, or null. */
  readonly error: SelectorToken | null;
}

export const SERVICE = 'service_name';

const PATTERNS: readonly (readonly [Exclude<SelectorToken['kind'], 'error'>, RegExp])[] = [
  ['space', /\s+/y],
  ['brace', /[{}]/y],
  ['comma', /,/y],
  ['operator', /=~|!~|!=|=/y],
  ['value', /"(?:[^"\\]|\\.)*"/y],
  ['label', /[A-Za-z_][\w.:/-]*/y],
];

/** Total: any text gives tokens that cover it, and the matchers that are whole. Braces may be missing. */
export function parseSelector(text: string): ParsedSelector {
  const tokens: SelectorToken[] = [];
  const matchers: Matcher[] = [];
  let expected: SelectorToken['kind'][] = ['brace', 'label'];
  let label = '';
  let operator: Operator = '=';
  let at = 0;
  const fail = (end: number, message: string): ParsedSelector => {
    const error: SelectorToken = { kind: 'error', start: at, end: Math.max(end, at), message };
    const rest: SelectorToken[] = error.end < text.length ? [{ kind: 'error', start: error.end, end: text.length }] : [];
    return { matchers, tokens: [...tokens, error, ...rest], error };
  };
  while (at < text.length) {
    const token = tokenAt(text, at);
    if (!token) return fail(text.length, text[at] === '"' ? 'this value has no closing "' : `expected ${expected.map(told).join(' or ')}`);
    if (token.kind === 'space') {
      tokens.push(token);
      at = token.end;
      continue;
    }
    if (!expected.includes(token.kind)) return fail(token.end, `expected ${expected.map(told).join(' or ') || 'the end'}`);
    const part = text.slice(token.start, token.end);
    switch (token.kind) {
      case 'brace':
        if (part === '{' && tokens.some((t) => t.kind !== 'space')) return fail(token.end, 'a second {');
        expected = part === '{' ? ['label', 'brace'] : [];
        break;
      case 'label':
        label = part;
        expected = ['operator'];
        break;
      case 'operator':
        operator = part as Operator;
        expected = ['value'];
        break;
      case 'value': {
        const value = unquote(part);
        const wrong = operator.endsWith('~') ? regexError(value) : null;
        if (wrong !== null) return fail(token.end, wrong);
        matchers.push({ label, operator, value });
        expected = ['comma', 'brace'];
        break;
      }
      case 'comma':
        expected = ['label', 'brace'];
        break;
      case 'error':
        break;
    }
    tokens.push(token);
    at = token.end;
  }
  const unfinished = expected.includes('operator') || expected.includes('value');
  if (unfinished) return fail(text.length, `expected ${expected.map(told).join(' or ')}`);
  if (tokens.some((t) => t.kind === 'brace') && expected.length > 0) return fail(text.length, 'expected }');
  return { matchers, tokens, error: null };
}

export function formatSelector(matchers: readonly Matcher[]): string {
  return `{${matchers.map((m) => `${m.label}${m.operator}${quote(m.value)}`).join(', ')}}`;
}

/** The value of `label="…"`; null where the selector does not pin it. */
export function pinned(matchers: readonly Matcher[], label: string): string | null {
  return matchers.find((m) => m.label === label && m.operator === '=')?.value ?? null;
}

/** The same selector with `label="value"` in place of whatever it said about the label; null removes it. */
export function withPinned(matchers: readonly Matcher[], label: string, value: string | null): readonly Matcher[] {
  const at = matchers.findIndex((m) => m.label === label);
  const others = matchers.filter((m) => m.label !== label);
  if (value === null) return others;
  return others.toSpliced(at < 0 ? others.length : Math.min(at, others.length), 0, { label, operator: '=', value });
}

export function quote(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

function unquote(quoted: string): string {
  return quoted.slice(1, -1).replaceAll(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c === 't' ? '\t' : c));
}

function tokenAt(text: string, at: number): SelectorToken | null {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { kind, start: at, end: at + match[0].length };
  }
  return null;
}

/** The server reads RE2; what even JavaScript refuses, RE2 does too, but for inline flags. */
function regexError(value: string): string | null {
  try {
    new RegExp(value.replace(/^\(\?[a-zA-Z]+\)/, ''));
    return null;
  } catch (error) {
    return `"${value}" is no regular expression: ${error instanceof Error ? error.message.replace(/^.*: /, '') : ''}`;
  }
}

function told(kind: string): string {
  switch (kind) {
    case 'brace':
      return '{ or }';
    case 'label':
      return 'a label';
    case 'operator':
      return '=, !=, =~ or !~';
    case 'value':
      return 'a "value"';
    default:
      return 'a comma';
  }
}
