import type { FunctionPage } from '../../api/functions';
import { parseSearch } from '../../profile/search';

const matched = new WeakMap<FunctionPage, { readonly text: string; readonly page: FunctionPage }>();

/** All that match. Every page of a search filters the same functions, so the last result is kept beside them. Throws where a pattern is wrong. */
export function matchingFunctions(all: FunctionPage, text: string): FunctionPage {
  const before = matched.get(all);
  if (before?.text === text) return before.page;
  const test = parseSearch(text);
  const functions = all.functions.filter(({ name }) => test(name));
  const page = { ...all, matchCount: functions.length, functions };
  matched.set(all, { text, page });
  return page;
}
