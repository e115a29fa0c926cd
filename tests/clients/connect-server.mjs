// SPDX-License-Identifier: Apache-2.0
// Pushes a pprof to a real server with Connect's own client and asks for it back:
// node connect-server.mjs URL FILE_DESCRIPTOR_SET PPROF TYPE TOTAL FUNCTION
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { compressionGzip, createConnectTransport, createGrpcTransport, createGrpcWebTransport } from '@connectrpc/connect-node';

const [baseUrl, descriptors, pprof, profileTypeID, total, functionName] = process.argv.slice(2);
const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(descriptors)));
const pusher = registry.getService('push.v1.PusherService');
const querier = registry.getService('querier.v1.QuerierService');
const rawProfile = readFileSync(pprof);

const gzip = { sendCompression: compressionGzip, acceptCompression: [compressionGzip], compressMinBytes: 0 };
const transports = {
  'connect-json': createConnectTransport({ baseUrl, httpVersion: '1.1', useBinaryFormat: false }),
  'connect-proto': createConnectTransport({ baseUrl, httpVersion: '1.1', useBinaryFormat: true }),
  'connect-proto-gzip': createConnectTransport({ baseUrl, httpVersion: '2', useBinaryFormat: true, ...gzip }),
  'grpc': createGrpcTransport({ baseUrl, ...gzip }),
  'grpc-web': createGrpcWebTransport({ baseUrl, httpVersion: '1.1' }),
};

const [name] = profileTypeID.split(':');
for (const [service, transport] of Object.entries(transports)) {
  const labels = [{ name: '__name__', value: name }, { name: 'service_name', value: service }];
  await createClient(pusher, transport).push({ series: [{ labels, samples: [{ rawProfile, ID: '' }] }] });

  const client = createClient(querier, transport);
  const range = { start: 1n, end: 4102444800000n };
  const { profileTypes } = await client.profileTypes(range);
  assert.ok(profileTypes.some((type) => type.ID === profileTypeID), service);

  const query = { ...range, profileTypeID, labelSelector: `{service_name="${service}"}` };
  const { flamegraph } = await client.selectMergeStacktraces(query);
  assert.equal(String(flamegraph.total), total, service);
  assert.ok(flamegraph.names.includes(functionName), service);

  const merged = await client.selectMergeProfile(query);
  assert.equal(String(merged.sample.reduce((sum, sample) => sum + sample.value[0], 0n)), total, service);

  const refused = await client.selectMergeStacktraces({ ...query, labelSelector: '{' }).then(() => null, (e) => ConnectError.from(e));
  assert.equal(refused?.code, Code.InvalidArgument, service);
}
console.log(`connect-node: ${Object.keys(transports).length} transports agree`);
process.exit(0);
