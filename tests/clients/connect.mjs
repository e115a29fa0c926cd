// SPDX-License-Identifier: Apache-2.0
// Calls the test server with Connect's own client: node connect.mjs URL FILE_DESCRIPTOR_SET
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { compressionGzip, createConnectTransport, createGrpcTransport, createGrpcWebTransport, Http2SessionManager } from '@connectrpc/connect-node';

const [baseUrl, descriptors] = process.argv.slice(2);
const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(descriptors)));
const service = registry.getService('querier.v1.QuerierService');

const gzip = { sendCompression: compressionGzip, acceptCompression: [compressionGzip], compressMinBytes: 0 };
const transports = [];
for (const useBinaryFormat of [true, false]) {
  for (const compression of [{}, gzip]) {
    for (const httpVersion of ['1.1', '2']) {
      transports.push(['connect', createConnectTransport, { httpVersion, useBinaryFormat, ...compression }]);
      transports.push(['grpc-web', createGrpcWebTransport, { httpVersion, useBinaryFormat, ...compression }]);
    }
    transports.push(['grpc', createGrpcTransport, { useBinaryFormat, ...compression }]);
  }
}

let calls = 0;
for (const [name, create, options] of transports) {
  const what = `${name} ${JSON.stringify({ ...options, sendCompression: options.sendCompression?.name, acceptCompression: undefined })}`;
  const sessionManager = options.httpVersion === '1.1' ? undefined : new Http2SessionManager(baseUrl);
  const client = createClient(service, create({ baseUrl, sessionManager, ...options }));

  const echo = await client.labelNames({ matchers: ['ü', '{a="b"}'], start: -5n, end: 9007199254740993n });
  assert.deepEqual(echo.names, ['ü', '{a="b"}', '-5-9007199254740993'], what);

  const graph = await client.selectMergeStacktraces({ profileTypeID: 'p', maxNodes: 20000n, end: 3n });
  assert.equal(graph.flamegraph.levels[0].values.length, 20000, what);
  assert.equal(graph.flamegraph.levels[0].values[19999], 19999n * 1000003n, what);
  assert.equal(graph.flamegraph.total, 3n, what);

  const error = await client.labelNames({ matchers: ['fail:NotFound:no 100% ü'] }).then(() => null, (e) => ConnectError.from(e));
  assert.equal(error?.code, Code.NotFound, what);
  assert.equal(error.rawMessage, 'no 100% ü', what);

  const late = await client.labelNames({ matchers: ['wait'] }, { timeoutMs: 1 }).then(() => null, (e) => ConnectError.from(e));
  assert.equal(late?.code, Code.DeadlineExceeded, what);

  const missing = await client.diff({}).then(() => null, (e) => ConnectError.from(e));
  assert.equal(missing?.code, Code.Unimplemented, what);

  sessionManager?.abort();
  calls += 5;
}
console.log(`connect-node: ${transports.length} transports, ${calls} calls agree`);
process.exit(0);
