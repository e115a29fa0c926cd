import { applyTransforms } from '../profile/apply-transforms';
import { readColumnar } from '../profile/columnar';
import type { Frames } from '../profile/frames';
import type { Transform } from '../profile/transforms';
import { ModelClient, type Port } from './model-client';

/** Below this, decoding is over before a worker has even started: a tree of 100,000 frames is about 1 MiB. */
const BYTES_HERE = 2 << 20;
/** Below this, transforms take about 3 ms. */
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
