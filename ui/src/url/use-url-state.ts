import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { decode, encode } from './codec';
import type { Schema } from './param';

export interface Change {
  /** Replaces the entry of the history instead of adding one: for typing and dragging, which would flood it. */
  readonly replace?: boolean;
}

export type Patch<S> = Partial<S> | ((state: S) => Partial<S>);

/** The state of a page, which is its address: back and forward are the undo stack. */
export function useUrlState<S>(schema: Schema<S>): [S, (patch: Patch<S>, change?: Change) => void] {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const state = useMemo(() => decode(schema, search), [schema, search]);
  const change = useCallback(
    (patch: Patch<S>, { replace = false }: Change = {}) => {
      // From the address of this moment: two changes within one event must not undo each other.
      const before = decode(schema, window.location.search);
      const after = encode(schema, { ...before, ...(typeof patch === 'function' ? patch(before) : patch) });
      if (after !== encode(schema, before)) navigate(after === '' ? path : `${path}?${after}`, { replace });
    },
    [schema, path, navigate],
  );
  return [state, change];
}
