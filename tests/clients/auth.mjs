// SPDX-License-Identifier: Apache-2.0
// What Connect's and gRPC's own clients make of refusals: node auth.mjs URL FILE_DESCRIPTOR_SET PROTO_FOLDER READER WRITER [CA_FILE]
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from '@connectrpc/connect-node';
import grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

// Servers of tests are addresses, not names.
process.noDeprecation = true;

const [baseUrl, descriptors, protos, reader, writer, caFile] = process.argv.slice(2);
const ca = caFile ? readFileSync(caFile) : undefined;
const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(descriptors)));
const service = registry.getService('querier.v1.QuerierService');

// Token, tenant, and the code that every client must see; null is success.
const cases = [
  [undefined, 'a', Code.Unauthenticated], ['wrong', 'a', Code.Unauthenticated], [writer, 'a', Code.PermissionDenied],
  [reader, 'b', Code.PermissionDenied], [reader, 'a', null], [reader, undefined, null],
];
const headersOf = (token, tenant) => ({
  ...(token ? { authorization: `Bearer ${token}` } : {}), ...(tenant ? { 'x-scope-orgid': tenant } : {}),
});

const nodeOptions = { ca };
const transports = {
  'connect 1.1': createConnectTransport({ baseUrl, httpVersion: '1.1', nodeOptions }),
  'connect 2': createConnectTransport({ baseUrl, httpVersion: '2', nodeOptions }),
  'grpc-web 2': createGrpcWebTransport({ baseUrl, httpVersion: '2', nodeOptions }),
  grpc: createGrpcTransport({ baseUrl, nodeOptions }),
};
let calls = 0;
for (const [name, transport] of Object.entries(transports)) {
  const client = createClient(service, transport);
  for (const [token, tenant, code] of cases) {
    const error = await client.profileTypes({}, { headers: headersOf(token, tenant) }).then(() => null, (e) => ConnectError.from(e));
    assert.equal(error?.code ?? null, code, `${name} ${token} ${tenant} ${error}`);
    calls++;
  }
}

const { querier } = grpc.loadPackageDefinition(loadSync(['querier/v1/querier.proto'], { includeDirs: [protos] }));
const client = new querier.v1.QuerierService(new URL(baseUrl).host, ca ? grpc.credentials.createSsl(ca) : grpc.credentials.createInsecure());
for (const [token, tenant, code] of cases) {
  const metadata = new grpc.Metadata();
  for (const [name, value] of Object.entries(headersOf(token, tenant))) metadata.set(name, value);
  const error = await new Promise((resolve) => client.ProfileTypes({}, metadata, (e) => resolve(e)));
  assert.equal(error?.code ?? null, code, `grpc-js ${token} ${tenant} ${error}`);
  calls++;
}
client.close();
console.log(`${calls} calls agree`);
process.exit(0);
