import { expect, test } from 'vitest';
import { confirmationOf, isComplete, isConfirmed } from '../../src/admin/deletion-confirmation';
import { askDeletion } from '../../src/api/deletion';

const request = { query: ' {service_name="shop"} ', all: false, from: '0', until: '' };

test('a deletion is confirmed only by what it is of', () => {
  expect(isConfirmed(request, '{service_name="shop"}')).toBe(true);
  expect(isConfirmed(request, 'yes')).toBe(false);
  expect(isConfirmed({ ...request, query: '' }, '')).toBe(false);
  expect(confirmationOf({ ...request, all: true })).toBe('delete everything');
});

test('nothing is counted without a selector and a first time', () => {
  expect(isComplete(request)).toBe(true);
  expect(isComplete({ ...request, from: ' ' })).toBe(false);
  expect(isComplete({ ...request, query: '' })).toBe(false);
  expect(isComplete({ ...request, query: '', all: true })).toBe(true);
});

test('a count is a dry run, and everything is asked for by name', () => {
  expect(askDeletion(request, true).params).toEqual([
    ['query', request.query],
    ['from', '0'],
    ['dryRun', 'true'],
  ]);
  expect(askDeletion({ ...request, all: true, until: 'now-7d' }, false).params).toEqual([
    ['all', 'true'],
    ['from', '0'],
    ['until', 'now-7d'],
    ['dryRun', 'false'],
  ]);
});
