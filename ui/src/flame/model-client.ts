import type { Frames } from '../profile/frames';
import type { SearchResult } from '../profile/search';
import type { Transform } from '../profile/transforms';
import { runJob, type Job, type Outcome } from './model-jobs';
import type { Request, Response, TreeMessage } from './model-messages';
import { buffersOf, packFrames, unpackFrames } from './packed-frames';

/** What the client needs of a worker. */
export interface Port {
  postMessage(message: Request, transfer: ArrayBuffer[]): void;
  onmessage: ((event: { readonly data: Response }) => void) | null;
  onerror: ((event: { readonly message: string }) => void) | null;
}

/** Trees that the worker keeps; beyond, those that were used longest ago are forgotten there and sent again when they are needed. */
const HELD_MAX = 6;

interface Task {
  readonly job: Job;
  readonly trees: readonly Frames[];
  readonly signal: AbortSignal | undefined;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Runs jobs off the main thread, one at a time, in order. A job whose signal is aborted while it waits is never sent; one that is under way is
 * finished by the worker and its result thrown away. Where there is no worker (`port` null) jobs run at once on this thread.
 */
export class ModelClient {
  private readonly waiting: Task[] = [];
  private current: (Task & { readonly firstKey: number }) | null = null;
  private readonly keys = new WeakMap<Frames, number>();
  /** Keys that the worker has, longest unused first. */
  private readonly held = new Set<number>();
  private nextKey = 1;

  constructor(private readonly port: Port | null) {
    if (port === null) return;
    port.onmessage = ({ data }) => this.answered(data);
    port.onerror = ({ message }) => this.answered({ kind: 'error', message: message || 'The worker of this page failed.' });
  }

  async decode(bytes: Uint8Array, signal?: AbortSignal): Promise<readonly Frames[]> {
    return treesOf(await this.run({ kind: 'decode', bytes }, [], signal));
  }

  async transform(frames: Frames, transforms: readonly Transform[], signal?: AbortSignal): Promise<Frames> {
    if (!transforms.some((transform) => transform.enabled)) return frames;
    return treesOf(await this.run({ kind: 'transform', transforms }, [frames], signal))[0];
  }

  async search(frames: Frames, text: string, signal?: AbortSignal): Promise<SearchResult> {
    const outcome = await this.run({ kind: 'search', text }, [frames], signal);
    if (outcome.kind !== 'found') throw new Error('BUG: a search gave trees.');
    return outcome.found;
  }

  /** The sum of two trees. */
  async merge(a: Frames, b: Frames, signal?: AbortSignal): Promise<Frames> {
    return treesOf(await this.run({ kind: 'merge' }, [a, b], signal))[0];
  }

  /** Two trees of any shape as the sides of one. */
  async compare(left: Frames, right: Frames, signal?: AbortSignal): Promise<Frames> {
    return treesOf(await this.run({ kind: 'compare' }, [left, right], signal))[0];
  }

  private run(job: Job, trees: readonly Frames[], signal?: AbortSignal): Promise<Outcome> {
    return new Promise<Outcome>((resolve, reject) => {
      signal?.throwIfAborted();
      const task: Task = { job, trees, signal, resolve, reject };
      signal?.addEventListener('abort', () => this.abort(task), { once: true });
      this.waiting.push(task);
      this.sendNext();
    });
  }

  private abort(task: Task): void {
    const at = this.waiting.indexOf(task);
    if (at >= 0) this.waiting.splice(at, 1);
    task.reject(task.signal?.reason);
  }

  private sendNext(): void {
    if (this.current !== null) return;
    const task = this.waiting.shift();
    if (task === undefined) return;
    if (this.port === null) {
      runHere(task);
      this.sendNext();
      return;
    }
    const transfer: ArrayBuffer[] = [];
    const trees = task.trees.map((frames) => this.message(frames, transfer));
    this.current = { ...task, firstKey: this.nextKey };
    this.nextKey += task.job.kind === 'decode' ? 256 : 1; // a columnar answer has at most 255 trees
    this.port.postMessage({ job: task.job, trees, firstKey: this.current.firstKey, forget: this.forget(trees) }, transfer);
  }

  private message(frames: Frames, transfer: ArrayBuffer[]): TreeMessage {
    const key = this.keys.get(frames) ?? this.nextKey++;
    this.keys.set(frames, key);
    const known = this.held.delete(key);
    this.held.add(key);
    if (known) return { key, packed: null };
    const packed = packFrames(frames);
    transfer.push(...buffersOf(packed));
    return { key, packed };
  }

  private forget(needed: readonly TreeMessage[]): number[] {
    const forgotten: number[] = [];
    for (const key of this.held) {
      if (this.held.size <= HELD_MAX) break;
      if (needed.some((tree) => tree.key === key)) continue;
      this.held.delete(key);
      forgotten.push(key);
    }
    return forgotten;
  }

  private answered(response: Response): void {
    const task = this.current;
    this.current = null;
    if (task !== null) this.settle(task, response);
    this.sendNext();
  }

  private settle(task: Task & { readonly firstKey: number }, response: Response): void {
    switch (response.kind) {
      case 'error':
        task.reject(new Error(response.message));
        break;
      case 'found':
        task.resolve(response);
        break;
      case 'trees': {
        const trees = response.trees.map((packed, i) => {
          const frames = unpackFrames(packed);
          this.keys.set(frames, task.firstKey + i);
          this.held.add(task.firstKey + i);
          return frames;
        });
        task.resolve({ kind: 'trees', trees });
      }
    }
  }
}

function runHere(task: Task): void {
  try {
    task.resolve(runJob(task.job, task.trees));
  } catch (error) {
    task.reject(error);
  }
}

function treesOf(outcome: Outcome): readonly Frames[] {
  if (outcome.kind !== 'trees') throw new Error('BUG: a job for trees gave none.');
  return outcome.trees;
}
