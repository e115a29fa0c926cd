// SPDX-License-Identifier: Apache-2.0
// Runs a program under the peer's own Node SDK: node pyroscope.mjs PROGRAM URL NAME FLUSH_SECONDS ROUNDS
// PROGRAM exports run(milliseconds); it runs until the SDK has sent its profiles ROUNDS times.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import Pyroscope from '@pyroscope/nodejs';

const [program, serverAddress, appName, flushSeconds, rounds] = process.argv.slice(2);
const { run } = await import(pathToFileURL(resolve(program)));

// The SDK sends with fetch and tells nobody how it went; what the server answered is seen here.
const statuses = [];
const send = globalThis.fetch;
globalThis.fetch = async (...request) => {
  const response = await send(...request);
  statuses.push(response.status);
  return response;
};

Pyroscope.init({
  serverAddress,
  appName,
  flushIntervalMs: Number(flushSeconds) * 1000,
  // The default of 512 KiB leaves a program this small with a handful of samples.
  heap: { samplingIntervalBytes: 64 * 1024, stackDepth: 64 },
  wall: { collectCpuTime: true },
  tags: { region: 'eu' },
});
Pyroscope.start();
while (statuses.length < 2 * Number(rounds)) await run(500);   // a round sends a wall and a heap profile
await Pyroscope.stop();   // sends the last wall profile and waits for the answer
const refused = statuses.filter((status) => status !== 200);
console.log(refused.length === 0 ? 'pyroscope-nodejs: all uploads answered 200' : `refused: ${refused}`);
process.exit(refused.length === 0 ? 0 : 1);
