import { lazy, type ComponentType } from 'react';

export interface AdminSection {
  /** As in `/admin/{path}`. */
  readonly path: string;
  readonly title: string;
  readonly Component: ComponentType;
}

/** In the order of the list at the left; the first is what `/admin` shows. */
export const SECTIONS: readonly AdminSection[] = [
  { path: 'ingest', title: 'Ingest', Component: lazy(() => import('./ingest-section')) },
  { path: 'tenants', title: 'Tenants & limits', Component: lazy(() => import('./tenants-section')) },
  { path: 'retention', title: 'Retention', Component: lazy(() => import('./retention-section')) },
  { path: 'delete', title: 'Delete profiles', Component: lazy(() => import('./deletion-section')) },
  { path: 'blocks', title: 'Blocks', Component: lazy(() => import('./blocks-section')) },
  { path: 'compaction', title: 'Compaction', Component: lazy(() => import('./compaction-section')) },
  { path: 'queries', title: 'Queries', Component: lazy(() => import('./queries-section')) },
  { path: 'rules', title: 'Recording rules', Component: lazy(() => import('./rules-section')) },
  { path: 'symbols', title: 'Symbols', Component: lazy(() => import('./symbols-section')) },
  { path: 'tokens', title: 'Tokens', Component: lazy(() => import('./tokens-section')) },
  { path: 'configuration', title: 'Configuration', Component: lazy(() => import('./configuration-section')) },
  { path: 'about', title: 'About', Component: lazy(() => import('./about-section')) },
];

/** The section of an address below the path prefix; null where there is none of that name. */
export function sectionOf(path: string): AdminSection | null {
  const name = path.replace(/^\/admin\/?/, '').replace(/\/$/, '');
  return name === '' ? SECTIONS[0] : (SECTIONS.find((section) => section.path === name) ?? null);
}
