// SPDX-License-Identifier: Apache-2.0
// The ride-share demo in Node, profiled by Pyroscope's own SDK: node server.mjs
// REGION (us-east), PORT (5000; 0 takes one that is free), HOST (all addresses) and the SDK's PYROSCOPE_SERVER_ADDRESS.
import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import Pyroscope from '@pyroscope/nodejs';
import { orderBike, orderCar, orderScooter } from './rides.mjs';

const { REGION: region = 'us-east', PORT: port = '5000', HOST: host, PYROSCOPE_SERVER_ADDRESS: serverAddress = 'http://localhost:4040' } = process.env;

// Functions that V8 draws into their callers have no frame: the mutex would, sooner or later, look like who asks for it.
setFlagsFromString('--no-turbo-inlining');

Pyroscope.init({
  serverAddress,
  appName: 'ride-share-node',
  tags: { region },
  wall: { collectCpuTime: true },
});
Pyroscope.start();

const orders = { '/bike': () => orderBike(region, 1), '/scooter': () => orderScooter(region, 2), '/car': () => orderCar(region, 3) };

const server = createServer((request, response) => {
  const order = orders[request.url];
  if (order === undefined) response.writeHead(request.url === '/' ? 200 : 404).end(`ride-share-node in ${region}: /bike /scooter /car\n`);
  else response.end(`${order()}\n`);
});
server.listen(Number(port), host, () => console.log(`listening on: http://${host ?? 'localhost'}:${server.address().port}`));

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
