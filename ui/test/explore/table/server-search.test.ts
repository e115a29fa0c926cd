import { expect, test } from 'vitest';
import { serverSearch } from '../../../src/explore/table/server-search';

test('plain text is searched, slashes make a regular expression, nothing is no condition', () => {
  expect(serverSearch('  ')).toEqual({});
  expect(serverSearch('json.Parse(')).toEqual({ search: 'json.Parse(' });
  expect(serverSearch('/^json\\..*Parse$/')).toEqual({ regex: '(?i)^json\\..*Parse$' });
  expect(serverSearch('/')).toEqual({ search: '/' });
});
