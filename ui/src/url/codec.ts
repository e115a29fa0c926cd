import type { Schema } from './param';

export function decode<S>(schema: Schema<S>, search: string): S {
  const params = new URLSearchParams(search);
  const state = {} as S;
  for (const field in schema) state[field] = schema[field].read(params.get(schema[field].key));
  return state;
}

/** Parameters in the order of the schema, so equal states have equal addresses. */
export function encode<S>(schema: Schema<S>, state: S): string {
  const parts: string[] = [];
  for (const field in schema) {
    const written = schema[field].write(state[field]);
    if (written !== null) parts.push(`${schema[field].key}=${escape(written)}`);
  }
  return parts.join('&');
}

/** Only what would end or change a parameter: the address of a selector stays readable. */
function escape(text: string): string {
  return encodeURIComponent(text).replaceAll(/%(?:3A|2F|2C|7B|7D|3D|40|3B|24|21)/gi, (code) => decodeURIComponent(code));
}

/** The same parameters with `prefix` before their keys: how both sides of a comparison live in one address. */
export function prefixed<S>(schema: Schema<S>, prefix: string): Schema<S> {
  const result = {} as { -readonly [K in keyof S]: Schema<S>[K] };
  for (const field in schema) result[field] = { ...schema[field], key: prefix + schema[field].key };
  return result;
}
