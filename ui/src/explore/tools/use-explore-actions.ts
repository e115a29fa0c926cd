import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { useMarks } from '../../app/marks';
import { encodeTransform } from '../../profile/transforms';
import type { ViewProps } from '../view-props';
import type { FrameActions } from './frame-commands';

/** What Explore does for the commands of a frame: all of it is in the address. */
export function useExploreActions({ state, change }: Pick<ViewProps, 'state' | 'change'>): FrameActions {
  const mark = useMarks((m) => m.mark);
  const [, navigate] = useLocation();
  return useMemo(
    () => ({
      add: (transform) => change((s) => ({ transforms: [...s.transforms, encodeTransform(transform)], zoom: [] })),
      open: (view, fn) => change({ view, fn }),
      mark: (fn) => mark(state, fn, navigate),
    }),
    [change, mark, navigate, state],
  );
}
