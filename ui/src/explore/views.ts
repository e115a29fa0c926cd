import { lazy, type ComponentType } from 'react';
import type { View } from '../url/explore-state';
import { FlameView } from './flame/flame-view';
import type { ViewProps } from './view-props';

export interface ViewEntry {
  readonly view: View;
  readonly title: string;
  readonly Component: ComponentType<ViewProps>;
}

/** In the order of their tabs and of the keys 1 to 8. Flame is in the first script; the others come when they are opened. */
export const VIEW_ENTRIES: readonly ViewEntry[] = [
  { view: 'flame', title: 'Flame', Component: FlameView },
  { view: 'table', title: 'Table', Component: lazy(() => import('./table/table-view')) },
  { view: 'tree', title: 'Tree', Component: lazy(() => import('./tree/tree-view')) },
  { view: 'sandwich', title: 'Sandwich', Component: lazy(() => import('./sandwich/sandwich-view')) },
  { view: 'graph', title: 'Graph', Component: lazy(() => import('./graph/graph-view')) },
  { view: 'source', title: 'Source', Component: lazy(() => import('./source/source-view')) },
  { view: 'labels', title: 'Labels', Component: lazy(() => import('./labels/labels-view')) },
  { view: 'heatmap', title: 'Heatmap', Component: lazy(() => import('./heatmap/heatmap-view')) },
];
