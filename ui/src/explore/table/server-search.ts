import type { FunctionQuery } from '../../api/functions';

/**
 * What is typed into the search, as `/api/v1/functions` takes it: one word or quoted text in any case, or one `/regex/`. Null for what only
 * profile/search.ts understands: several words, `pkg:`, `file:`, `!`.
 */
export function serverSearch(text: string): Pick<FunctionQuery, 'search' | 'regex'> | null {
  const typed = text.trim();
  if (typed === '') return {};
  const regex = /^\/(.+)\/$/s.exec(typed);
  if (regex) return / \/|\/ /.test(regex[1]) ? null : { regex: `(?i)${regex[1]}` };
  const quoted = /^"([^"]+)"$/.exec(typed);
  if (quoted) return { search: quoted[1] };
  return /^!|^pkg:|^file:|[\s"]/.test(typed) ? null : { search: typed };
}
