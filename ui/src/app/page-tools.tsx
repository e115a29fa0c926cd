import { useSyncExternalStore, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

const nothing = (): (() => void) => () => undefined;

/** Puts a page's own tools (time, refresh, share) into the top bar. */
export function PageTools({ children }: { readonly children: ReactNode }) {
  const place = useSyncExternalStore(nothing, () => document.getElementById('page-tools'));
  return place ? createPortal(children, place) : null;
}
