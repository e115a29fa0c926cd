import type { Selection } from '../url/explore-state';
import { resolveRange, type TimeRange } from '../profile/time';
import type { Question } from './question';
import { get, rpc } from './question';

export const QUERIER = 'querier.v1.QuerierService';

/** A selection whose times are fixed: what questions are made of. */
export interface Target {
  /** Profile type id. */
  readonly type: string;
  readonly selector: string;
  /** The window of the timeline. */
  readonly window: TimeRange;
  /** The part of it that stacks are asked of. */
  readonly stacks: TimeRange;
  /** Only stacks of these spans or profiles count, by their ids; empty: all. */
  readonly spans: readonly string[];
  readonly profiles: readonly string[];
}

/** What an exemplar adds to a selection. */
export interface Exemplars {
  readonly spans?: readonly string[];
  readonly profiles?: readonly string[];
}

/** Null as long as type or selector are unknown. */
export function targetOf(selection: Selection & Exemplars, now: number): Target | null {
  if (selection.type === '' || selection.selector === '') return null;
  const window = resolveRange(selection.from, selection.until, now);
  return {
    type: selection.type,
    selector: selection.selector,
    window,
    stacks: selection.range ?? window,
    spans: selection.spans ?? [],
    profiles: selection.profiles ?? [],
  };
}

type Value = string | number | null | undefined;

/** A question about stacks: `query`, `from`, `until` and what is special to it. */
export function askStacks(path: string, target: Target, params: readonly (readonly [string, Value])[] = [], accept?: string): Question {
  return get(
    path,
    [
      ['query', `${target.type}${target.selector}`],
      ['from', target.stacks.from],
      ['until', target.stacks.until],
      ...only('spanId', target.spans),
      ...only('profileId', target.profiles),
      ...params,
    ],
    accept,
  );
}

/** An RPC about a window of time. */
export function askWindow(method: string, window: TimeRange, body: Record<string, unknown>): Question {
  return rpc(QUERIER, method, { ...body, start: window.from, end: window.until });
}

function only(name: string, ids: readonly string[]): readonly (readonly [string, Value])[] {
  return ids.map((id) => [name, id] as const);
}
