// SPDX-License-Identifier: Apache-2.0
// Bikes are near, scooters further away, and cars need a driver too.
import Pyroscope from '@pyroscope/nodejs';
import { enqueue } from './workers.mjs';

const streetsPerRadius = 3_000_000, driversPerRadius = 1_500_000, attemptsPerRadius = 15_000_000;

/** The mutex around the drivers of a region is asked for again and again, which takes CPU: what is wrong in eu-north. */
function mutexLock(radius) {
  let patience = 1;
  for (let attempt = 1; attempt <= radius * attemptsPerRadius; attempt++) {
    const left = 1 / attempt;
    if (left < patience) patience = left;
  }
  return patience;
}

function checkDriverAvailability(region, radius) {
  if (region === 'eu-north') mutexLock(radius);
  let best = 0;
  for (let driver = 1; driver <= radius * driversPerRadius; driver++) {
    const rating = 5 / driver;
    if (rating > best) best = rating;
  }
  return best;
}

/** Work is counted, not timed: it takes the same CPU time whatever else the machine does. */
function findNearestVehicle(vehicle, region, radius) {
  let nearest = Number.MAX_VALUE;
  for (let street = 1; street <= radius * streetsPerRadius; street++) {
    const distance = 1 / street;
    if (distance < nearest) nearest = distance;
  }
  if (vehicle === 'car') checkDriverAvailability(region, radius);
  return nearest;
}

function order(vehicle, region, radius) {
  // All that is measured within has the label, as long as it awaits nothing: the SDK sets it for the thread.
  Pyroscope.wrapWithLabels({ vehicle }, findNearestVehicle, vehicle, region, radius);
  enqueue(vehicle, region);
  return `${vehicle} ordered`;
}

export function orderBike(region, radius) {
  return order('bike', region, radius);
}

export function orderScooter(region, radius) {
  return order('scooter', region, radius);
}

export function orderCar(region, radius) {
  return order('car', region, radius);
}
