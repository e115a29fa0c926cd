import { orderParam, type Order } from '../ui/order';
import { choice, text, type Param, type Schema } from './param';

export interface BlocksState {
  readonly tenant: string;
  readonly service: string;
  readonly kind: '' | 'log' | 'block' | 'rollup';
  readonly level: string;
  /** Blocks that are skipped. */
  readonly offset: number;
}

export const blocksSchema: Schema<BlocksState> = {
  tenant: text('tenant'),
  service: text('service'),
  kind: choice('kind', ['', 'log', 'block', 'rollup'], ''),
  level: text('level'),
  offset: count('offset'),
};

export const QUERY_COLUMNS = ['time', 'route', 'millis', 'rows', 'read', 'memory', 'status'] as const;

export interface QueriesState {
  readonly order: Order;
  readonly search: string;
}

export const queriesSchema: Schema<QueriesState> = {
  order: orderParam('sort', QUERY_COLUMNS, { column: 'time', descending: true }),
  search: text('s'),
};

/** A whole number from 0. */
function count(key: string): Param<number> {
  return { key, read: (t) => (t !== null && /^\d{1,9}$/.test(t) ? Number(t) : 0), write: (v) => (v === 0 ? null : String(v)) };
}
