/** The server's refusal in its own words, or why it could not be reached. */
export class ServerError extends Error {
  constructor(
    /** HTTP status; 0 where there was no answer. */
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ServerError';
  }

  /** Whether asking again may help: refusals stay refusals. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export async function errorOf(response: Response): Promise<ServerError> {
  const text = await response.text();
  try {
    const { code, message } = JSON.parse(text) as { code?: unknown; message?: unknown };
    if (typeof message === 'string') return new ServerError(response.status, typeof code === 'string' ? code : '', message);
  } catch {
    // Not every route speaks JSON: its text stands for itself.
  }
  return new ServerError(response.status, '', text.trim() || `The server answered ${response.status} ${response.statusText}.`);
}
