import { applyTransforms } from '../profile/apply-transforms';
import { readColumnar } from '../profile/columnar';
import type { Frames } from '../profile/frames';
import type { Transform } from '../profile/transforms';
import { ModelClient, type Port } from './model-client';

/** Below these, work is over before a message to a worker has come there: about 3 ms each. */
const BYTES_HERE = 128 << 10;
const FRAMES_HERE = 8_000;

/** Reads the trees of a columnar answer, where they are large in the worker. */
export async function decodeTrees(bytes: Uint8Array, signal?: AbortSignal): Promise<readonly Frames[]> {
  return bytes.length <= BYTES_HERE ? readColumnar(bytes) : model().decode(bytes, signal);
}

/** Applies transforms, where the tree is large in the worker. */
export async function transformTree(frames: Frames, transforms: readonly Transform[], signal?: AbortSignal): Promise<Frames> {
  return frames.count <= FRAMES_HERE ? applyTransforms(frames, transforms) : model().transform(frames, transforms, signal);
}

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
