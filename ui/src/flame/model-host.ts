import type { Frames } from '../profile/frames';
import { runJob } from './model-jobs';
import type { Request, Response } from './model-messages';
import { buffersOf, packFrames, unpackFrames } from './packed-frames';

/** The worker's side: keeps trees by key and runs jobs on them. Apart from the worker's own file, so that tests can run it. */
export class ModelHost {
  private readonly trees = new Map<number, Frames>();

  /** The answer, and the memory that may be transferred with it. */
  answer(request: Request): { readonly response: Response; readonly transfer: ArrayBuffer[] } {
    for (const key of request.forget) this.trees.delete(key);
    try {
      const operands = request.trees.map(({ key, packed }) => {
        if (packed !== null) this.trees.set(key, unpackFrames(packed));
        const frames = this.trees.get(key);
        if (frames === undefined) throw new Error(`BUG: tree ${key} was forgotten.`);
        return frames;
      });
      const outcome = runJob(request.job, operands);
      if (outcome.kind === 'found') {
        const { hits, order } = outcome.found;
        return { response: outcome, transfer: [hits.buffer as ArrayBuffer, order.buffer as ArrayBuffer] };
      }
      const trees = outcome.trees.map((frames, i) => {
        this.trees.set(request.firstKey + i, frames);
        return packFrames(frames);
      });
      return { response: { kind: 'trees', trees }, transfer: trees.flatMap(buffersOf) };
    } catch (error) {
      return { response: { kind: 'error', message: error instanceof Error ? error.message : String(error) }, transfer: [] };
    }
  }
}
