// SPDX-License-Identifier: Apache-2.0
// Pushes a pprof to a real server with gRPC's own client, over HTTP/2 without TLS, and asks for it back:
// node grpc-server.mjs HOST:PORT PROTO_FOLDER PPROF TYPE TOTAL FUNCTION
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const [address, protos, pprof, profileTypeID, total, functionName] = process.argv.slice(2);
const loaded = loadSync(['push/v1/push.proto', 'querier/v1/querier.proto'], { includeDirs: [protos], longs: String, defaults: true });
const { push, querier } = grpc.loadPackageDefinition(loaded);

const [name] = profileTypeID.split(':');
const variants = { plain: {}, gzip: { 'grpc.default_compression_algorithm': 2 } };
for (const [service, options] of Object.entries(variants)) {
  const call = (constructor, method, request) => new Promise((resolve, reject) => {
    const client = new constructor(address, grpc.credentials.createInsecure(), options);
    client[method](request, (error, response) => {
      client.close();
      if (error) reject(error);
      else resolve(response);
    });
  });
  const labels = [{ name: '__name__', value: name }, { name: 'service_name', value: service }];
  await call(push.v1.PusherService, 'Push', { series: [{ labels, samples: [{ rawProfile: readFileSync(pprof) }] }] });

  const query = { profileTypeID, labelSelector: `{service_name="${service}"}`, start: '1', end: '4102444800000' };
  const { flamegraph } = await call(querier.v1.QuerierService, 'SelectMergeStacktraces', query);
  assert.equal(flamegraph.total, total, service);
  assert.ok(flamegraph.names.includes(functionName), service);

  const error = await call(querier.v1.QuerierService, 'SelectMergeStacktraces', { ...query, labelSelector: '{' }).then(() => null, (e) => e);
  assert.equal(error?.code, grpc.status.INVALID_ARGUMENT, service);
}
console.log(`grpc-js: ${Object.keys(variants).length} variants agree`);
