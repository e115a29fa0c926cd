// SPDX-License-Identifier: Apache-2.0
// A pool that writes receipts after the answer. In us-east nobody takes them away.
const linesPerPage = 1000;
/** The leak ends at about 32 MiB, for a demo should not eat the machine: the oldest goes where a new one comes. */
const pagesMax = 400;
const kept = [];
let written = 0;

function doWork(vehicle) {
  for (let pages = vehicle === 'car' ? 4 : 2; pages > 0; pages--) {
    const page = [];
    for (let line = 0; line < linesPerPage; line++) page.push({ vehicle, line, cents: line * 25 });
    kept[written++ % pagesMax] = page;
  }
}

export function enqueue(vehicle, region) {
  if (region === 'us-east') setImmediate(doWork, vehicle);
}
