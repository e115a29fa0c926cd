import { lazy, type ComponentType } from 'react';
import { ExplorePage } from '../explore/explore-page';

export interface PageRoute {
  readonly path: string;
  readonly Page: ComponentType;
}

/** Explore is in the first script, since most links lead there; every other page comes when it is opened. */
export const routes: readonly PageRoute[] = [
  { path: '/explore', Page: ExplorePage },
  { path: '/compare', Page: lazy(() => import('../compare/compare-page')) },
  { path: '/s/:id', Page: lazy(() => import('../snapshots/snapshot-page')) },
  { path: '/github/callback', Page: lazy(() => import('../explore/source/github-callback')) },
  { path: '/', Page: lazy(() => import('../overview/overview-page')) },
  { path: '/functions', Page: lazy(() => import('../functions/functions-page')) },
  { path: '/functions/*', Page: lazy(() => import('../functions/function-page')) },
  { path: '/upload', Page: lazy(() => import('../upload/upload-page')) },
  { path: '/admin/*?', Page: lazy(() => import('../admin/admin-page')) },
];
