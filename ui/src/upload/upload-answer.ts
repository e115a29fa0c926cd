import { ServerError } from '../api/server-error';

/** The id of the stored file, or the refusal in the server's words. */
export function answerOf(status: number, statusText: string, text: string): string | ServerError {
  const { id, code, message } = read(text);
  if (status === 200 && typeof id === 'string') return id;
  const said = typeof message === 'string' ? message : text.trim() || `The server answered ${status} ${statusText}.`;
  return new ServerError(status, typeof code === 'string' ? code : '', said);
}

function read(text: string): { readonly id?: unknown; readonly code?: unknown; readonly message?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
