import type { FunctionQuery } from '../../api/functions';

/** What is typed into the search, as `/api/v1/functions` takes it: plain text in any case, or `/regex/`. */
export function serverSearch(text: string): Pick<FunctionQuery, 'search' | 'regex'> {
  const typed = text.trim();
  if (typed === '') return {};
  const regex = /^\/(.+)\/$/.exec(typed);
  return regex ? { regex: `(?i)${regex[1]}` } : { search: typed };
}
