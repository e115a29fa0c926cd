// Budgets of the flame graph, measured in a browser: `npx vite build -c bench/vite.config.ts`, serve artifacts/ui-bench, open flame.html and call
// window.kagariBench. Milliseconds are of the main thread from the event to the end of drawing; medians of several runs.
import '@fontsource-variable/jetbrains-mono';
import { createElement, useEffect, useState, type ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import { FlameGraph } from '../src/flame/flame-graph';
import { model } from '../src/flame/model';
import { packFrames, unpackFrames } from '../src/flame/packed-frames';
import type { Frames } from '../src/profile/frames';
import { search } from '../src/profile/search';
import '../src/styles/palette.css';
import '../src/styles/roles.css';
import { random, syntheticFrames } from './synthetic';

let root: Root | null = null;
let show: (change: Partial<Shown>) => void = () => undefined;
let frames: Frames;

interface Shown {
  readonly frames: Frames;
  readonly zoom: number;
  readonly hits: Uint8Array | null;
}

function Page({ first }: { readonly first: Frames }): ReactElement {
  const [shown, setShown] = useState<Shown>({ frames: first, zoom: 0, hits: null });
  useEffect(() => {
    show = (change) => setShown((before) => ({ ...before, ...change }));
  }, []);
  return createElement(FlameGraph, {
    ...shown,
    onZoom: (zoom: number) => show({ zoom }),
    selected: null,
    onSelect: () => undefined,
    onHover: () => undefined,
    colorBy: 'package',
    direction: 'icicle',
    theme: 'dark',
    unit: 'nanoseconds',
    onMenu: () => undefined,
  });
}

/** Milliseconds until all that `act` causes is drawn: React's work, the next animation frame, and the raster of it. */
async function drawn(act: () => void): Promise<number> {
  await idle();
  const began = performance.now();
  flushSync(act);
  await new Promise((resolve) => requestAnimationFrame(resolve));
  // Reading a pixel waits for the raster: commands to a canvas alone would look free.
  const canvas = document.querySelector<HTMLCanvasElement>('.flame-graph-canvas')!;
  canvas.getContext('2d')!.getImageData(0, 0, 1, 1);
  return performance.now() - began;
}

function idle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 30));
}

async function median(runs: number, measure: (run: number) => Promise<number> | number): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) times.push(await measure(run));
  return Math.round(times.sort((a, b) => a - b)[runs >> 1] * 10) / 10;
}

const kagariBench = {
  /** Makes a tree and shows it. Milliseconds of the first paint, tree made before. */
  async open(count: number): Promise<number> {
    root?.unmount();
    frames = unpackFrames(packFrames(syntheticFrames(count)));
    root = createRoot(document.getElementById('root')!);
    return drawn(() => root!.render(createElement(Page, { first: frames })));
  },
  /** A whole redraw of the root, which shows most frames. */
  redraw: () => median(9, (run) => drawn(() => show({ hits: run % 2 === 0 ? new Uint8Array(frames.count).fill(1) : null }))),
  /** Zoom to some frame and to the next. */
  zoom(): Promise<number> {
    const next = random(7);
    const wide = [...frames.total.keys()].filter((node) => frames.total[node] > frames.total[0] / 1000);
    return median(15, () => drawn(() => show({ zoom: wide[Math.floor(next() * wide.length)] })));
  },
  /** A search on this thread and the picture of its hits. */
  search: () => median(9, (run) => drawn(() => show({ zoom: 0, hits: search(frames, run % 2 === 0 ? 'parse' : '/json.*encode/').hits }))),
  /** The same in the worker, until the hits are here. */
  workerSearch: () =>
    median(9, async (run) => {
      const began = performance.now();
      await model().search(frames, run % 2 === 0 ? 'parse' : 'json');
      return performance.now() - began;
    }),
  /** One move of the pointer: hit test, outline, owner told. */
  async hover(): Promise<number> {
    await drawn(() => show({ zoom: 0, hits: null }));
    const stage = document.querySelector('.flame-graph-stage')!;
    const next = random(3);
    return median(200, () => {
      const began = performance.now();
      stage.dispatchEvent(new PointerEvent('pointermove', { clientX: next() * innerWidth, clientY: 60 + next() * 500, bubbles: true }));
      document.querySelector<HTMLElement>('.flame-graph-mark-hover')!.getBoundingClientRect(); // the layout it causes
      return performance.now() - began;
    });
  },
  /** Steps of a Ctrl-wheel zoom. */
  wheel(): Promise<number> {
    const stage = document.querySelector('.flame-graph-stage')!;
    return median(20, (run) =>
      drawn(() =>
        stage.dispatchEvent(
          new WheelEvent('wheel', {
            deltaY: run < 10 ? -80 : 80,
            ctrlKey: true,
            clientX: 400,
            clientY: 200,
            bubbles: true,
            cancelable: true,
          }),
        ),
      ),
    );
  },
  /** Bytes of JavaScript's heap and typed arrays after a collection (--js-flags=--expose-gc, --enable-precise-memory-info). */
  heap(): number {
    (globalThis as unknown as { gc?: () => void }).gc?.();
    return (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize;
  },
  /** Bytes of typed arrays, which the heap's number may leave out. */
  columns: () =>
    [frames.name, frames.depth, frames.parent, frames.start, frames.self, frames.total, ...frames.rows].reduce(
      (sum, column) => sum + column.byteLength,
      0,
    ),
};

Object.assign(window, { kagariBench });
