// Measures the web interface in a headless Chromium against a real server, beside its bars. Prints a table; ends with 1 where a bar is missed.
// usage: KAGARI_SERVER=path/to/kagari node bench/run.mjs      (./build.sh bench ui)
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { foldedStacks } from './folded.mjs';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const SIZE = { width: 1600, height: 1000 };
const store = mkdtempSync(join(tmpdir(), 'kagari-bench-ui-'));
const rows = [];
const report = (what, value, unit, bar) => {
  rows.push({ what, value, bar });
  console.log(
    `${what.padEnd(58)} ${value.toFixed(1).padStart(8)} ${unit.padEnd(3)} bar ${String(bar).padStart(4)} ${value <= bar ? '' : 'MISSED'}`,
  );
};

const server = await startServer();
const browser = await chromium.launch({
  executablePath: process.env.KAGARI_CHROMIUM ?? '/usr/bin/chromium',
  args: [...FLAGS, '--js-flags=--expose-gc', '--enable-precise-memory-info'],
});
try {
  await measureEntry(server.url);
  await measureColdLoad(server.url);
  await measureRenderer();
} finally {
  await browser.close();
  server.process.kill('SIGTERM');
  await new Promise((resolve) => server.process.once('exit', resolve));
  rmSync(store, { recursive: true, force: true });
}
process.exitCode = rows.some(({ value, bar }) => value > bar) ? 1 : 0;

/** What the first page of Explore runs before anything is asked: its script and those it imports, as sent with gzip. */
async function measureEntry(url) {
  const html = await (await fetch(`${url}/explore`)).text();
  const scripts = [...html.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+\.js)"/g)].map(([, path]) => path);
  let bytes = 0;
  for (const path of new Set(scripts)) bytes += await gzipBytes(`${url}/${path}`);
  report('entry JavaScript, gzip', bytes / 1000, 'kB', 180);
}

async function gzipBytes(url) {
  const { get } = await import('node:http');
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk) => (bytes += chunk.length));
      response.on('end', () => resolve(bytes));
    }).on('error', reject);
  });
}

/** From the address to the first painted frame of a profile with 100,000 of them, in a browser that has seen nothing before. */
async function measureColdLoad(url) {
  const now = Date.now();
  const query = new URLSearchParams({
    type: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
    q: '{service_name="large"}',
    from: String(now - 600_000),
    until: String(now),
  });
  const times = [];
  let heap = 0;
  for (let run = 0; run < 7; run++) {
    const context = await browser.newContext({ viewport: SIZE, deviceScaleFactor: 1, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.addInitScript(watchFirstPaint);
    await page.goto(`${url}/explore?${query}`);
    times.push(await page.evaluate(() => window.kagariPainted));
    if (run === 6) heap = await heapOf(page);
    await context.close();
  }
  report('cold load to the painted flame graph, 100,000 frames, p50', median(times), 'ms', 500);
  report('JavaScript heap of that page after a collection', heap / 1e6, 'MB', 20);
}

/** Resolves with the milliseconds since navigation at which the canvas first shows a frame: something else than one colour. */
function watchFirstPaint() {
  window.kagariPainted = new Promise((resolve) => {
    const look = () => {
      const canvas = document.querySelector('.flame-graph-canvas');
      if (canvas && canvas.width > 0) {
        const line = canvas.getContext('2d').getImageData(0, 9, canvas.width, 30).data;
        for (let i = 4; i < line.length; i += 4) {
          if (line[i] !== line[0] || line[i + 1] !== line[1] || line[i + 2] !== line[2]) return resolve(performance.now());
        }
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

async function heapOf(page) {
  return page.evaluate(() => {
    globalThis.gc?.();
    return performance.memory.usedJSHeapSize;
  });
}

/** The renderer alone, on made-up trees: bench/flame.ts. */
async function measureRenderer() {
  const pages = await preview({ configFile: 'bench/vite.config.ts', preview: { host: '127.0.0.1', port: 0 }, logLevel: 'error' });
  try {
    const page = await (await browser.newContext({ viewport: { width: 1100, height: 676 } })).newPage();
    await page.goto(`${pages.resolvedUrls.local[0]}flame.html`);
    await page.waitForFunction(() => 'kagariBench' in window);
    await page.evaluate(() => window.kagariBench.open(100_000));
    report('zoom, 100,000 frames', await page.evaluate(() => window.kagariBench.zoom()), 'ms', 50);
    report('search with its picture, 100,000 frames', await page.evaluate(() => window.kagariBench.search()), 'ms', 50);
    report('hover, main thread', await page.evaluate(() => window.kagariBench.hover()), 'ms', 8);
    await page.evaluate(() => window.kagariBench.open(1_000_000));
    report('a whole picture of 1,000,000 frames', await page.evaluate(() => window.kagariBench.redraw()), 'ms', 150);
  } finally {
    await pages.close();
  }
}

async function startServer() {
  const port = 20_000 + (process.pid % 20_000);
  const child = spawn(
    process.env.KAGARI_SERVER,
    [
      'server',
      '-server.http-listen-address=127.0.0.1',
      `-server.http-listen-port=${port}`,
      `-storage.filesystem.dir=${store}`,
      '-self-profiling.disable-push=true',
      '-log.level=error',
    ],
    { stdio: 'inherit' },
  );
  const url = `http://127.0.0.1:${port}`;
  const failed = new Promise((_, reject) => child.once('exit', (code) => reject(new Error(`The server ended with ${code}.`))));
  failed.catch(() => undefined);
  for (;;) {
    const ready = await Promise.race([
      fetch(`${url}/ready`).then(
        (r) => r.ok,
        () => false,
      ),
      failed,
    ]);
    if (ready) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const seconds = Math.floor(Date.now() / 1000) - 60;
  const pushed = await fetch(`${url}/ingest?name=large&format=folded&units=samples&sampleRate=100&from=${seconds - 10}&until=${seconds}`, {
    method: 'POST',
    body: foldedStacks(100_000),
  });
  if (!pushed.ok) throw new Error(`The profile was refused: ${pushed.status} ${await pushed.text()}`);
  return { url, process: child };
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}
