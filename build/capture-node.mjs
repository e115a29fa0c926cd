// SPDX-License-Identifier: Apache-2.0
// Stores what the Node SDK sends as files: node build/capture-node.mjs FOLDER OUT FLUSH_SECONDS ROUNDS
// FOLDER holds pyroscope.mjs, web.mjs and node_modules, so that the names in the profiles say nothing of this machine.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

const [folder, out, flushSeconds, rounds] = process.argv.slice(2);
const counts = { wall: 0, heap: 0 };

/** String tables are plain text inside the protobuf. */
const kindOf = (pprof) => gunzipSync(pprof).includes('inuse_space') ? 'heap' : 'wall';

const receiver = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray());
  const kind = kindOf(body);
  counts[kind]++;
  // The last wall profile ends when the program does, so it is shorter than the others; it is not kept.
  if (counts[kind] <= Number(rounds)) writeFileSync(`${out}/${kind}-web-${counts[kind]}.pb.gz`, body);
  response.end();
}).listen(0, '127.0.0.1');
await once(receiver, 'listening');

const url = `http://127.0.0.1:${receiver.address().port}`;
const client = spawn('node', ['pyroscope.mjs', 'web.mjs', url, 'web', flushSeconds, rounds], { cwd: folder, stdio: 'inherit' });
const [status] = await once(client, 'exit');
process.exit(status ?? 1);
