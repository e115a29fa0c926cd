import type { SearchResult } from '../profile/search';
import type { Job } from './model-jobs';
import type { PackedFrames } from './packed-frames';

/** A tree as the worker knows it: by key, and whole where it does not have it yet. */
export interface TreeMessage {
  readonly key: number;
  readonly packed: PackedFrames | null;
}

/** One job for the worker; one is under way at a time. */
export interface Request {
  readonly job: Job;
  readonly trees: readonly TreeMessage[];
  /** Key of the first tree that comes out; others follow by one. */
  readonly firstKey: number;
  /** Trees that are not needed any more. */
  readonly forget: readonly number[];
}

export type Response =
  | { readonly kind: 'trees'; readonly trees: readonly PackedFrames[] }
  | { readonly kind: 'found'; readonly found: SearchResult }
  | { readonly kind: 'error'; readonly message: string };
