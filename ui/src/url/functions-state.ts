import { orderParam, type Order } from '../ui/order';
import { DEFAULT_FROM, DEFAULT_UNTIL } from './explore-state';
import { choice, text, type Schema } from './param';

/** What both pages of functions are asked of: a profile type of all services, in a window. */
export interface FunctionsScope {
  /** Empty: the preferred type of all. */
  readonly type: string;
  readonly from: string;
  readonly until: string;
}

export interface FunctionsState extends FunctionsScope {
  /** Plain text, or `/regex/`. */
  readonly search: string;
  readonly order: Order;
}

export const SPLITS = ['version', 'service_name'] as const;

export interface FunctionState extends FunctionsScope {
  /** Label that the cost over time is split by. */
  readonly by: (typeof SPLITS)[number];
}

const scope: Schema<FunctionsScope> = {
  type: text('type'),
  from: text('from', DEFAULT_FROM),
  until: text('until', DEFAULT_UNTIL),
};

export const functionsSchema: Schema<FunctionsState> = {
  ...scope,
  search: text('s'),
  order: orderParam('sort', ['name', 'self', 'total'], { column: 'self', descending: true }),
};

export const functionSchema: Schema<FunctionState> = { ...scope, by: choice('by', SPLITS, 'service_name') };
