import { orderParam, type Order } from '../ui/order';
import { choice, flag, optionalText, span, text, texts, type Schema, type Span } from './param';

export const VIEWS = ['flame', 'table', 'tree', 'sandwich', 'graph', 'source', 'labels', 'heatmap'] as const;
export type View = (typeof VIEWS)[number];

export const COLORINGS = ['package', 'self', 'kind', 'file', 'change'] as const;
export type ColorBy = (typeof COLORINGS)[number];

export const LABEL_CHARTS = ['time', 'treemap', 'pie'] as const;
export type LabelChart = (typeof LABEL_CHARTS)[number];

export const LABEL_COLUMNS = ['value', 'total', 'share', 'mean', 'deviation', 'max'];

export const DEFAULT_FROM = 'now-1h';
export const DEFAULT_UNTIL = 'now';

/** What is asked: kept apart from how it is shown, since comparisons have two of it. */
export interface Selection {
  /** Profile type, as `process_cpu:cpu:nanoseconds:cpu:nanoseconds`. Empty: the first that the service has. */
  readonly type: string;
  /** With braces, `{service_name="cart"}`. Empty: the service used last. */
  readonly selector: string;
  /** As typed: `now-1h`, or Unix milliseconds. */
  readonly from: string;
  readonly until: string;
  /** The part of the window that stacks are fetched for; null: all of it. */
  readonly range: Span | null;
}

export const selectionSchema: Schema<Selection> = {
  type: text('type'),
  selector: text('q'),
  from: text('from', DEFAULT_FROM),
  until: text('until', DEFAULT_UNTIL),
  range: span('range'),
};

export interface ExploreState extends Selection {
  readonly groupBy: string;
  readonly view: View;
  readonly search: string;
  /** In their order, as profile/transforms.ts writes them. */
  readonly transforms: readonly string[];
  /** Names from below the root to the frame that fills the width. */
  readonly zoom: readonly string[];
  /** The function that sandwich, source and inspector are about. */
  readonly fn: string | null;
  readonly sort: 'self' | 'total' | 'name';
  readonly color: ColorBy;
  readonly direction: 'icicle' | 'flame';
  /** Tree view from the root, or from the leaves. */
  readonly bottomUp: boolean;
  /** The label of the Labels view; empty: the first that splits something. */
  readonly label: string;
  readonly labelChart: LabelChart;
  readonly labelOrder: Order;
  /** Whether the window before is drawn behind the timeline. */
  readonly ghost: 'none' | 'before' | 'day' | 'week';
  /** Ids of spans or profiles, from exemplars. */
  readonly spans: readonly string[];
  readonly profiles: readonly string[];
  readonly heat: 'individual' | 'span';
  /** A box of the heatmap, as profile/heatmap.ts writes it. */
  readonly heatBox: string | null;
}

export const exploreSchema: Schema<ExploreState> = {
  ...selectionSchema,
  groupBy: text('by'),
  view: choice('view', VIEWS, 'flame'),
  search: text('s'),
  transforms: texts('do'),
  zoom: texts('zoom'),
  fn: optionalText('fn'),
  sort: choice('sort', ['self', 'total', 'name'], 'self'),
  color: choice('color', COLORINGS, 'package'),
  direction: choice('dir', ['icicle', 'flame'], 'icicle'),
  bottomUp: flag('up'),
  label: text('label'),
  labelChart: choice('chart', LABEL_CHARTS, 'time'),
  labelOrder: orderParam('order', LABEL_COLUMNS, { column: 'total', descending: true }),
  ghost: choice('ghost', ['none', 'before', 'day', 'week'], 'none'),
  spans: texts('span'),
  profiles: texts('profile'),
  heat: choice('heat', ['individual', 'span'], 'individual'),
  heatBox: optionalText('box'),
};
