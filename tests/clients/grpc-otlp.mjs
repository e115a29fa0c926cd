// SPDX-License-Identifier: Apache-2.0
// Exports a serialized request of OpenTelemetry profiles with gRPC's own client, over HTTP/2 without TLS, plain and
// gzip, each as a tenant of its own:
// node grpc-otlp.mjs HOST:PORT PROTO_FOLDER REQUEST
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const [address, protos, file] = process.argv.slice(2);
const loaded = loadSync('opentelemetry/proto/collector/profiles/v1development/profiles_service.proto', { includeDirs: [protos], longs: String });
const { ProfilesService } = grpc.loadPackageDefinition(loaded).opentelemetry.proto.collector.profiles.v1development;
const request = ProfilesService.service.Export.requestDeserialize(readFileSync(file));

const variants = { 'grpc-plain': {}, 'grpc-gzip': { 'grpc.default_compression_algorithm': 2 } };
for (const [tenant, options] of Object.entries(variants)) {
  const metadata = new grpc.Metadata();
  metadata.set('x-scope-orgid', tenant);
  const call = (message) => new Promise((resolve, reject) => {
    const client = new ProfilesService(address, grpc.credentials.createInsecure(), options);
    client.Export(message, metadata, (error, response) => {
      client.close();
      if (error) reject(error);
      else resolve(response);
    });
  });
  assert.ok(!(await call(request)).partialSuccess, tenant);

  const [resource] = request.resourceProfiles;
  const [scope] = resource.scopeProfiles;
  const withBad = [{ ...resource, scopeProfiles: [{ ...scope, profiles: [...scope.profiles, {}] }] }];
  const { partialSuccess } = await call({ ...request, resourceProfiles: withBad });
  assert.equal(partialSuccess.rejectedProfiles, '1', tenant);
  assert.match(partialSuccess.errorMessage, /sample type is missing/);

  const error = await call({ resourceProfiles: request.resourceProfiles }).then(() => null, (e) => e);
  assert.equal(error?.code, grpc.status.INVALID_ARGUMENT, tenant);
  assert.match(error.details, /dictionary is missing/);
}
console.log(`grpc-js: ${Object.keys(variants).length} variants agree`);
