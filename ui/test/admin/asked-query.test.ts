import { expect, test } from 'vitest';
import { costKey, exploreOf, isAbout, readOf } from '../../src/admin/asked-query';
import type { AskedQuery } from '../../src/api/admin-live';

const query = (patch: Partial<AskedQuery>): AskedQuery => ({
  timeMillis: 5,
  tenants: ['a'],
  route: '/api/v1/functions',
  caller: null,
  selector: null,
  fromMillis: null,
  untilMillis: null,
  millis: 1,
  chains: 1,
  blocks: 2,
  rollups: 3,
  rows: 4,
  tiles: 0,
  memoryBytes: 7,
  kept: false,
  status: 200,
  ...patch,
});

test('a question opens in Explore with its type taken out of the selector', () => {
  const selector = '{service_name="cart",__profile_type__="process_cpu:cpu:nanoseconds:cpu:nanoseconds",pod=~"a.*"}';
  expect(exploreOf(query({ selector, fromMillis: 10, untilMillis: 20 }))).toEqual({
    type: 'process_cpu:cpu:nanoseconds:cpu:nanoseconds',
    selector: '{service_name="cart", pod=~"a.*"}',
    from: '10',
    until: '20',
  });
});

test.each([null, '{}', '{__profile_type__=~"memory.*"}', 'no selector'])('%s names no one type: nothing to open', (selector) => {
  expect(exploreOf(query({ selector }))).toBeNull();
});

test('what was read is datasets of every kind, and what a table sorts by', () => {
  expect(readOf(query({}))).toBe(6);
  expect(['time', 'route', 'millis', 'rows', 'read', 'memory', 'status'].map((column) => costKey(query({}), column))).toEqual([
    5,
    '/api/v1/functions',
    1,
    4,
    6,
    7,
    200,
  ]);
});

test('a filter looks at route, selector and caller', () => {
  expect(isAbout(query({ caller: 'grafana' }), ' GRAF')).toBe(true);
  expect(isAbout(query({ selector: '{a="1"}' }), 'a="1"')).toBe(true);
  expect(isAbout(query({}), 'cart')).toBe(false);
});
