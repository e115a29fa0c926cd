import { ModelClient, type Port } from './model-client';

let client: ModelClient | undefined;

/** The page's one client; its worker starts with the first job. */
export function model(): ModelClient {
  client ??= new ModelClient(startWorker());
  return client;
}

function startWorker(): Port | null {
  if (typeof Worker === 'undefined') return null;
  return new Worker(new URL('./model.worker.ts', import.meta.url), { type: 'module', name: 'kagari-model' }) as unknown as Port;
}
