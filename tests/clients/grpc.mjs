// SPDX-License-Identifier: Apache-2.0
// Calls the test server with gRPC's own client: node grpc.mjs HOST:PORT PROTO_FOLDER
import assert from 'node:assert/strict';
import grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const [address, protos] = process.argv.slice(2);
const loaded = loadSync('querier/v1/querier.proto', { includeDirs: [protos], longs: String, defaults: true });
const { querier } = grpc.loadPackageDefinition(loaded);

let calls = 0;
for (const options of [{}, { 'grpc.default_compression_algorithm': 2 }]) {
  const client = new querier.v1.QuerierService(address, grpc.credentials.createInsecure(), options);
  const call = (method, request, deadline) => new Promise((resolve) => {
    const done = (error, response) => resolve({ error, response });
    calls++;
    if (deadline) client[method](request, { deadline }, done);
    else client[method](request, done);
  });

  const echo = await call('LabelNames', { matchers: ['ü'], start: '-5', end: '7' });
  assert.deepEqual(echo.response.names, ['ü', '-5-7']);

  const about = await call('LabelNames', { matchers: ['about'] });
  assert.deepEqual(about.response.names, ['Grpc', 'proto', 'HTTP/2', 'http']);

  const graph = await call('SelectMergeStacktraces', { maxNodes: '20000' });
  assert.equal(graph.response.flamegraph.levels[0].values[19999], String(19999 * 1000003));

  const failed = await call('LabelNames', { matchers: ['fail:PermissionDenied:no 100% ü'] });
  assert.equal(failed.error.code, grpc.status.PERMISSION_DENIED);
  assert.equal(failed.error.details, 'no 100% ü');

  const late = await call('LabelNames', { matchers: ['wait'] }, Date.now() + 50);
  assert.equal(late.error.code, grpc.status.DEADLINE_EXCEEDED);

  const missing = await call('Diff', {});
  assert.equal(missing.error.code, grpc.status.UNIMPLEMENTED);
  client.close();
}
console.log(`grpc-js: ${calls} calls agree`);
