import { useMemo } from 'react';
import { askServiceTypes, serviceTypes } from '../api/labels';
import type { Target } from '../api/selection';
import { useAnswer } from '../api/use-answer';
import { useClock } from '../app/clock';
import { preferredType } from '../profile/profile-type';
import { resolveRange } from '../profile/time';
import type { FunctionsScope } from '../url/functions-state';

export interface AllServices {
  /** Null as long as no profile type is known. */
  readonly target: Target | null;
  /** Profile types of all services, by id. */
  readonly types: readonly string[];
  /** Whether it is known that there are no profiles. */
  readonly isEmpty: boolean;
  readonly error: Error | null;
}

/** One profile type of every service there is. */
export function useAllServices({ type, from, until }: FunctionsScope): AllServices {
  const now = useClock((c) => c.now);
  const window = resolveRange(from, until, now);
  const { data, error } = useAnswer(askServiceTypes(window), serviceTypes);
  const types = useMemo(() => [...new Set([...(data?.values() ?? [])].flat())].sort(), [data]);
  const chosen = type || preferredType(types);
  return {
    target: chosen ? { type: chosen, selector: '{}', window, stacks: window, spans: [], profiles: [] } : null,
    types: chosen && !types.includes(chosen) ? [chosen, ...types] : types,
    isEmpty: data?.size === 0,
    error,
  };
}
