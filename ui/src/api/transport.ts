import { encodeParams, type Question } from './question';
import { errorOf, ServerError } from './server-error';
import { useSession } from './session';

/** Where answers come from: the server, or a snapshot. */
export type Transport = (question: Question, signal?: AbortSignal) => Promise<Answer>;

export interface Answer {
  readonly bytes: Uint8Array;
  readonly type: string;
  /** What the query read, as the server says it (header X-Kagari-Query); null where it says nothing. */
  readonly cost: string | null;
}

let transport: Transport = askServer;

export function setTransport(next: Transport): void {
  transport = next;
}

export function ask(question: Question, signal?: AbortSignal): Promise<Answer> {
  return transport(question, signal);
}

export async function askServer(question: Question, signal?: AbortSignal): Promise<Answer> {
  const response = await send(question, signal);
  if (!response.ok) {
    // GitHub's refusals are about another identity than ours.
    if (response.status === 401 && !question.path.startsWith('vcs.')) useSession.getState().refuse();
    throw await errorOf(response);
  }
  return {
    bytes: new Uint8Array(await response.arrayBuffer()),
    type: response.headers.get('content-type') ?? '',
    cost: response.headers.get('x-kagari-query'),
  };
}

/** Addresses longer than servers and proxies take travel as a form. */
const LONGEST_ADDRESS = 6000;

async function send(question: Question, signal?: AbortSignal): Promise<Response> {
  const params = question.params?.length ? encodeParams(question.params) : '';
  // A POST without a message is a form too: what changes data does not belong into an address.
  const asForm = params !== '' && (question.method === 'GET' ? params.length > LONGEST_ADDRESS : question.body === undefined);
  const headers = new Headers(useSession.getState().headers());
  headers.set('accept', question.accept ?? 'application/json');
  const init: RequestInit = {
    method: asForm ? 'POST' : question.method,
    headers,
    credentials: 'same-origin',
    ...(signal ? { signal } : {}),
  };
  if (asForm) {
    headers.set('content-type', 'application/x-www-form-urlencoded');
    init.body = params;
  } else if (question.body !== undefined) {
    headers.set('content-type', 'application/json');
    init.body = JSON.stringify(question.body);
  }
  try {
    return await fetch(new URL(question.path + (params && !asForm ? `?${params}` : ''), document.baseURI), init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ServerError(0, 'unreachable', `The server at ${document.baseURI} does not answer. Is it running?`);
  }
}
