/** One question to the server: data, not a call, so that it can be a cache key, asked again, and frozen into a snapshot. */
export interface Question {
  readonly method: 'GET' | 'POST';
  /** Below the server's path prefix, without a leading `/`. */
  readonly path: string;
  readonly params?: readonly (readonly [string, string])[];
  /** JSON of an RPC. */
  readonly body?: unknown;
  readonly accept?: string;
}

/** Equal questions have equal keys. */
export function keyOf(question: Question): string {
  const params = question.params?.length ? `?${encodeParams(question.params)}` : '';
  const body = question.body === undefined ? '' : ` ${JSON.stringify(question.body)}`;
  const accept = question.accept === undefined ? '' : ` ${question.accept}`;
  return `${question.method} ${question.path}${params}${body}${accept}`;
}

export function encodeParams(params: readonly (readonly [string, string])[]): string {
  return new URLSearchParams(params.map(([name, value]) => [name, value])).toString();
}

export function get(
  path: string,
  params: readonly (readonly [string, string | number | null | undefined])[] = [],
  accept?: string,
): Question {
  const present = params.flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, String(value)] as const]));
  return { method: 'GET', path, params: present, ...(accept === undefined ? {} : { accept }) };
}

export function rpc(service: string, method: string, body: unknown): Question {
  return { method: 'POST', path: `${service}/${method}`, body };
}
