import { expect, test } from 'vitest';
import type { ServicePage, ServiceRow } from '../../src/api/services';
import { relativeChange, serviceLines, shownServices } from '../../src/overview/service-rows';
import { families } from '../../src/overview/type-chips';

const CPU = 'process_cpu:cpu:nanoseconds:cpu:nanoseconds';
const WALL = 'wall:wall:nanoseconds:wall:nanoseconds';
const service = (name: string, type: string, total: number): ServiceRow => ({
  service: name,
  series: 1,
  instances: 0,
  lastMillis: 0,
  types: [{ type, unit: 'nanoseconds', total }],
  hottest: null,
});
const page = (...services: ServiceRow[]): ServicePage => ({ serviceCount: services.length, matchCount: services.length, services });
const window = { from: 0, until: 10_000 };
const lines = (before?: ServicePage) =>
  serviceLines(page(service('cart', CPU, 200), service('web', WALL, 50)), before, [], CPU, window, 1000);

test('a service that has not the type that was asked for shows its own', () => {
  expect(lines().map((line) => [line.mainType, line.value])).toEqual([
    [CPU, 20],
    [WALL, 5],
  ]);
});

test('a change needs something before: what was not there is new, not infinite', () => {
  const [cart, web] = lines(page(service('cart', CPU, 100)));
  expect(relativeChange(cart)).toBe(1);
  expect(web.before).toBe(0);
  expect(relativeChange(web)).toBeNull();
  expect(lines()[0].before).toBeNull();
  expect(lines(page())[0].before).toBeNull();
});

test('pinned services stand first, the others as they are sorted', () => {
  const order = { column: 'value', descending: true };
  expect(shownServices(lines(), '', order, new Set(['web'])).map((l) => l.service.service)).toEqual(['web', 'cart']);
  expect(shownServices(lines(), 'AR', order, new Set()).map((l) => l.service.service)).toEqual(['cart']);
});

test('types are gathered by family, CPU first', () => {
  const types = ['memory:alloc_space:bytes:space:bytes', CPU, 'memory:inuse_space:bytes:space:bytes'];
  expect(families(types)).toEqual([
    ['CPU', [CPU]],
    ['Memory', ['memory:alloc_space:bytes:space:bytes', 'memory:inuse_space:bytes:space:bytes']],
  ]);
});
