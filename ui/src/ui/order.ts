import type { Param } from '../url/param';

/** By which column a table is sorted. */
export interface Order {
  readonly column: string;
  readonly descending: boolean;
}

/** `-total` is descending by total. */
export function orderParam(key: string, columns: readonly string[], fallback: Order): Param<Order> {
  const written = (order: Order): string => `${order.descending ? '-' : ''}${order.column}`;
  return {
    key,
    read: (text) => {
      if (text === null) return fallback;
      const descending = text.startsWith('-');
      const column = text.slice(descending ? 1 : 0);
      return columns.includes(column) ? { column, descending } : fallback;
    },
    write: (order) => (written(order) === written(fallback) ? null : written(order)),
  };
}

/** What a click on a header does: the other way round, or that column, numbers largest first. */
export function nextOrder(order: Order, column: string, numeric: boolean): Order {
  return order.column === column ? { column, descending: !order.descending } : { column, descending: numeric };
}

export type SortKey = number | string | null;

/** Sorts stably; what has no value stands last either way. */
export function sortRows<T>(rows: readonly T[], descending: boolean, key: (row: T) => SortKey): readonly T[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (typeof left === 'string' || typeof right === 'string') return sign * String(left).localeCompare(String(right));
    return sign * (left - right);
  });
}
