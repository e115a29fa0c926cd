import { lazy, type ComponentType } from 'react';
import type { CompareState, CompareView } from '../url/compare-state';
import type { Change, Patch } from '../url/use-url-state';
import { DiffView } from './diff/diff-view';
import type { ChangesResult, Comparison } from './use-compare';

/** What every view of a comparison gets. */
export interface CompareViewProps {
  readonly comparison: Comparison;
  readonly ranked: ChangesResult;
  readonly state: CompareState;
  readonly change: (patch: Patch<CompareState>, change?: Change) => void;
}

export interface CompareViewEntry {
  readonly view: CompareView;
  readonly title: string;
  readonly Component: ComponentType<CompareViewProps>;
}

export const COMPARE_VIEW_ENTRIES: readonly CompareViewEntry[] = [
  { view: 'diff', title: 'Diff flame', Component: DiffView },
  { view: 'sides', title: 'Side by side', Component: lazy(() => import('./sides/sides-view')) },
  { view: 'changed', title: 'Changed', Component: lazy(() => import('./changed/changed-view')) },
  { view: 'tree', title: 'Tree', Component: lazy(() => import('./tree/tree-view')) },
  { view: 'sandwich', title: 'Sandwich', Component: lazy(() => import('./sandwich/sandwich-view')) },
  { view: 'source', title: 'Source', Component: lazy(() => import('./source/source-view')) },
  { view: 'labels', title: 'By label', Component: lazy(() => import('./labels/labels-view')) },
];
