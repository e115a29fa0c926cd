import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ModelClient, type Port } from '../../src/flame/model-client';
import { ModelHost } from '../../src/flame/model-host';
import type { Request, Response } from '../../src/flame/model-messages';
import { packFrames, unpackFrames } from '../../src/flame/packed-frames';
import { applyTransforms } from '../../src/profile/apply-transforms';
import { search } from '../../src/profile/search';
import type { Transform } from '../../src/profile/transforms';
import { encodeColumnar } from '../profile/encode-columnar';
import { foldedStacks, framesOf, randomFrames } from '../profile/random-frames';

/** A worker in this thread: messages are cloned and transferred as between threads, and answered when the test says so. */
class TestPort implements Port {
  onmessage: ((event: { readonly data: Response }) => void) | null = null;
  onerror: ((event: { readonly message: string }) => void) | null = null;
  readonly received: Request[] = [];
  private readonly host = new ModelHost();
  private readonly pending: Request[] = [];

  constructor(private readonly automatic: boolean) {}

  postMessage(message: Request, transfer: ArrayBuffer[]): void {
    const request = structuredClone(message, { transfer });
    this.received.push(request);
    this.pending.push(request);
    if (this.automatic) queueMicrotask(() => this.work());
  }

  work(): void {
    const { response, transfer } = this.host.answer(this.pending.shift()!);
    this.onmessage?.({ data: structuredClone(response, { transfer }) });
  }
}

const hideA: Transform = { kind: 'hide', match: { by: 'function', name: 'a' }, enabled: true };
const frames = framesOf([
  { names: ['a', 'b'], value: 2 },
  { names: ['b'], value: 3 },
]);

describe('work off the main thread', () => {
  test('trees survive being packed', () => {
    fc.assert(
      fc.property(randomFrames, fc.boolean(), (tree, sided) => {
        const side = { self: tree.self, total: tree.total };
        const whole = { ...tree, sides: sided ? { left: side, right: side } : null, folded: new Map([[0, 2]]) };
        expect(unpackFrames(packFrames(whole))).toEqual(whole);
      }),
    );
  });

  test('results are those of this thread, and trees are sent once', async () => {
    const port = new TestPort(true);
    const client = new ModelClient(port);
    const [decoded] = await client.decode(encodeColumnar([frames], frames.names));
    expect(decoded).toEqual(frames);
    const hidden = await client.transform(decoded, [hideA]);
    expect(hidden).toEqual(applyTransforms(frames, [hideA]));
    expect(await client.search(hidden, 'b')).toEqual(search(hidden, 'b'));
    expect(await client.search(frames, 'a')).toEqual(search(frames, 'a'));
    expect(await client.search(frames, 'b')).toEqual(search(frames, 'b'));
    expect(port.received.flatMap((request) => request.trees.map((tree) => tree.packed !== null))).toEqual([false, false, true, false]);
    expect(frames.total.length).toBe(4); // what was sent is still ours
  });

  test('two trees are merged and compared', async () => {
    const client = new ModelClient(new TestPort(true));
    expect(foldedStacks(await client.merge(frames, frames))).toEqual(
      new Map([
        ['a;b', 4],
        ['b', 6],
      ]),
    );
    const both = await client.compare(frames, frames);
    expect([...both.sides!.left.total]).toEqual([...frames.total]);
  });

  test('a job that is aborted while it waits is never sent; one under way is thrown away', async () => {
    const port = new TestPort(false);
    const client = new ModelClient(port);
    const stop = new AbortController();
    const first = client.search(frames, 'a', stop.signal);
    const second = client.search(frames, 'ab', stop.signal);
    const third = client.search(frames, 'b');
    stop.abort();
    await expect(first).rejects.toThrow('abort');
    await expect(second).rejects.toThrow('abort');
    await expect(client.search(frames, 'c', stop.signal)).rejects.toThrow('abort');
    port.work();
    port.work();
    expect((await third).functions).toBe(1);
    expect(port.received.map((request) => request.job)).toEqual([
      { kind: 'search', text: 'a' },
      { kind: 'search', text: 'b' },
    ]);
  });

  test('errors keep their words, and the next job runs', async () => {
    const client = new ModelClient(new TestPort(true));
    await expect(client.decode(new Uint8Array(3))).rejects.toThrow('has 3 bytes');
    await expect(client.search(frames, '/(/')).rejects.toThrow('no regular expression');
    expect((await client.search(frames, 'b')).functions).toBe(1);
  });

  test('old trees are forgotten and sent again when they are needed', async () => {
    const port = new TestPort(true);
    const client = new ModelClient(port);
    const many = Array.from({ length: 9 }, (_, i) => framesOf([{ names: [`f${i}`], value: i + 1 }]));
    for (const tree of many) await client.search(tree, 'f');
    expect(port.received.flatMap((request) => request.forget).length).toBe(3);
    expect((await client.search(many[0], 'f0')).value).toBe(1);
    expect((await client.search(many[8], 'f8')).value).toBe(9);
    expect(port.received.at(-1)!.trees[0].packed).toBeNull();
  });

  test('without a worker jobs run here', async () => {
    const client = new ModelClient(null);
    expect(await client.transform(frames, [hideA])).toEqual(applyTransforms(frames, [hideA]));
    expect(await client.transform(frames, [{ ...hideA, enabled: false }])).toBe(frames);
    await expect(client.search(frames, '/(/')).rejects.toThrow('no regular expression');
  });
});
