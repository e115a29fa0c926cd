import { orderParam, type Order } from '../ui/order';
import { DEFAULT_FROM, DEFAULT_UNTIL } from './explore-state';
import { choice, flag, text, type Schema } from './param';

/** What the present is compared with. */
export const BASELINES = ['before', 'day', 'week', 'version'] as const;
export type Baseline = (typeof BASELINES)[number];

export interface OverviewState {
  /** Profile type of movers and trends; empty: the preferred one of all. */
  readonly type: string;
  readonly from: string;
  readonly until: string;
  readonly baseline: Baseline;
  /** Part of a service's name. */
  readonly filter: string;
  readonly order: Order;
  /** Shows how profiles get here, though there are some. */
  readonly firstRun: boolean;
}

export const SERVICE_COLUMNS = ['service', 'value', 'change', 'instances', 'hottest', 'last'] as const;

export const overviewSchema: Schema<OverviewState> = {
  type: text('type'),
  from: text('from', DEFAULT_FROM),
  until: text('until', DEFAULT_UNTIL),
  baseline: choice('vs', BASELINES, 'day'),
  filter: text('s'),
  order: orderParam('sort', SERVICE_COLUMNS, { column: 'value', descending: true }),
  firstRun: flag('first'),
};
