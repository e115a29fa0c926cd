import { applyTransforms } from '../profile/apply-transforms';
import { readColumnar } from '../profile/columnar';
import type { Frames } from '../profile/frames';
import { compareFrames, mergeFrames } from '../profile/merge';
import { search, type SearchResult } from '../profile/search';
import type { Transform } from '../profile/transforms';

/** Work on trees that may take longer than a frame of the screen. `trees` are its operands, in order. */
export type Job =
  | { readonly kind: 'decode'; readonly bytes: Uint8Array }
  | { readonly kind: 'transform'; readonly transforms: readonly Transform[] }
  | { readonly kind: 'search'; readonly text: string }
  | { readonly kind: 'merge' }
  | { readonly kind: 'compare' };

/** What a job gives: trees, or what a search found. */
export type Outcome =
  { readonly kind: 'trees'; readonly trees: readonly Frames[] } | { readonly kind: 'found'; readonly found: SearchResult };

export function runJob(job: Job, trees: readonly Frames[]): Outcome {
  switch (job.kind) {
    case 'decode':
      return { kind: 'trees', trees: readColumnar(job.bytes) };
    case 'transform':
      return { kind: 'trees', trees: [applyTransforms(trees[0], job.transforms)] };
    case 'search':
      return { kind: 'found', found: search(trees[0], job.text) };
    case 'merge':
      return { kind: 'trees', trees: [mergeFrames(trees[0], trees[1])] };
    case 'compare':
      return { kind: 'trees', trees: [compareFrames(trees[0], trees[1])] };
  }
}
