/** How one part of a view's state is written into the address. What equals the default is left out, so addresses stay short. */
export interface Param<T> {
  /** Its name in the address. */
  readonly key: string;
  /** Never throws: text that cannot be read is the default, since people edit addresses by hand. */
  read(text: string | null): T;
  /** Null where it need not be written. */
  write(value: T): string | null;
}

export type Schema<S> = { readonly [K in keyof S]: Param<S[K]> };

export function text(key: string, fallback = ''): Param<string> {
  return { key, read: (t) => t ?? fallback, write: (v) => (v === fallback ? null : v) };
}

export function choice<T extends string>(key: string, choices: readonly T[], fallback: T): Param<T> {
  return {
    key,
    read: (t) => choices.find((c) => c === t) ?? fallback,
    write: (v) => (v === fallback ? null : v),
  };
}

export function flag(key: string, fallback = false): Param<boolean> {
  return { key, read: (t) => (t === null ? fallback : t === '1'), write: (v) => (v === fallback ? null : v ? '1' : '0') };
}

export function optionalText(key: string): Param<string | null> {
  return { key, read: (t) => t, write: (v) => v };
}

/** A list of texts, joined by `;`. A `;` or `\` within a text stands behind a `\`. */
export function texts(key: string): Param<readonly string[]> {
  return {
    key,
    read: (t) => (t === null || t === '' ? [] : splitTexts(t)),
    write: (v) => (v.length === 0 ? null : v.map(escapeText).join(';')),
  };
}

/** Two times in Unix milliseconds, `from-until`. */
export function span(key: string): Param<Span | null> {
  return { key, read: readSpan, write: (v) => (v === null ? null : `${v.from}-${v.until}`) };
}

/** Unix milliseconds, both ends included. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

function readSpan(text: string | null): Span | null {
  const match = /^(\d{1,15})-(\d{1,15})$/.exec(text ?? '');
  if (!match) return null;
  const [from, until] = [Number(match[1]), Number(match[2])];
  return from <= until ? { from, until } : null;
}

function escapeText(text: string): string {
  return text.replaceAll(/[\\;]/g, (c) => `\\${c}`);
}

function splitTexts(joined: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (let i = 0; i < joined.length; i++) {
    if (joined[i] === '\\' && i + 1 < joined.length) part += joined[++i];
    else if (joined[i] === ';') {
      parts.push(part);
      part = '';
    } else part += joined[i];
  }
  parts.push(part);
  return parts;
}
