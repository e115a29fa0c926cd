import { expect, test } from 'vitest';
import { serverSearch } from '../../../src/explore/table/server-search';
import { matchingFunctions } from '../../../src/explore/table/matching-functions';

test('one word, quoted text and one regular expression are the server’s, nothing is no condition', () => {
  expect(serverSearch('  ')).toEqual({});
  expect(serverSearch('json.Parse(')).toEqual({ search: 'json.Parse(' });
  expect(serverSearch('"operator new"')).toEqual({ search: 'operator new' });
  expect(serverSearch('/^json\\..*Parse$/')).toEqual({ regex: '(?i)^json\\..*Parse$' });
  expect(serverSearch('/a b/')).toEqual({ regex: '(?i)a b' });
  expect(serverSearch('/')).toEqual({ search: '/' });
});

test('what the server does not know is searched here', () => {
  for (const text of ['two words', '!not', 'pkg:net/http', 'file:cart.go', '/a/ /b/', '!"a b"']) expect(serverSearch(text)).toBeNull();
});

test('the page of a search has all that match, and the counts of all', () => {
  const row = (name: string) => ({ name, self: 1, total: 2 });
  const all = {
    unit: 'count',
    total: 9,
    functionCount: 3,
    matchCount: 3,
    functions: ['net/http.Serve', 'net.Dial', 'main.serve'].map(row),
  };
  expect(matchingFunctions(all, '!net').functions.map((f) => f.name)).toEqual(['main.serve']);
  expect(matchingFunctions(all, 'serve http')).toMatchObject({ matchCount: 1, functionCount: 3, total: 9 });
});
