import type { ServicePage, ServiceRow } from '../api/services';
import type { TimeSeries } from '../api/series';
import { isGauge, parseProfileType, preferredType } from '../profile/profile-type';
import type { TimeRange } from '../profile/time';
import { sortRows, type Order, type SortKey } from '../ui/order';
import { onGrid, type SparkValue } from '../ui/spark-path';

/** A service with what its main profile type did. */
export interface ServiceLine {
  readonly service: ServiceRow;
  /** The type that was asked for where the service has it, else its own preferred one. */
  readonly mainType: string;
  readonly unit: string;
  /** Per second; of gauges the mean. Null as long as it is unknown. */
  readonly value: number | null;
  readonly before: number | null;
  readonly isGauge: boolean;
  readonly trend: readonly SparkValue[];
}

/** Trends of one profile type by service, on an even grid of `step` milliseconds. */
export interface Trends {
  readonly type: string;
  readonly series: readonly TimeSeries[];
}

export function mainTypeOf(service: ServiceRow, asked: string): string {
  const types = service.types.map((t) => t.type);
  return types.includes(asked) ? asked : (preferredType(types) ?? '');
}

/** All main types, so that each is asked for once. */
export function mainTypes(page: ServicePage, asked: string): readonly string[] {
  return [...new Set(page.services.map((service) => mainTypeOf(service, asked)))].filter((type) => type !== '').sort();
}

export function serviceLines(
  now: ServicePage,
  before: ServicePage | undefined,
  trends: readonly Trends[],
  asked: string,
  window: TimeRange,
  step: number,
): readonly ServiceLine[] {
  const seconds = Math.max(1, (window.until - window.from) / 1000);
  // Where nothing at all was stored, nothing is new.
  const isComparable = before !== undefined && before.services.length > 0;
  const earlier = new Map(before?.services.map((service) => [service.service, service]));
  return now.services.map((service) => {
    const mainType = mainTypeOf(service, asked);
    const total = service.types.find((t) => t.type === mainType);
    const gauge = isGauge(parseProfileType(mainType));
    const series = trends.find((t) => t.type === mainType)?.series.find((s) => s.labels.some((l) => l.value === service.service));
    const was = earlier.get(service.service)?.types.find((t) => t.type === mainType)?.total;
    return {
      service,
      mainType,
      unit: total?.unit ?? '',
      isGauge: gauge,
      value: gauge ? (series ? mean(series.values) : null) : (total?.total ?? 0) / seconds,
      before: gauge || !isComparable ? null : (was ?? 0) / seconds,
      trend: series ? onGrid(series.times, series.values, window.from, window.until, step) : [],
    };
  });
}

/** Pinned services first, then as the table is sorted; `filter` is a part of the name in any case. */
export function shownServices(
  lines: readonly ServiceLine[],
  filter: string,
  order: Order,
  pinned: ReadonlySet<string>,
): readonly ServiceLine[] {
  const wanted = filter.trim().toLowerCase();
  const found = lines.filter((line) => line.service.service.toLowerCase().includes(wanted));
  const sorted = sortRows(found, order.descending, (line) => keyOf(line, order.column));
  return sortRows(sorted, true, (line) => Number(pinned.has(line.service.service)));
}

/** Part by which a value changed; null where there is nothing to compare with. */
export function relativeChange(line: ServiceLine): number | null {
  return line.value === null || line.before === null || line.before === 0 ? null : line.value / line.before - 1;
}

function keyOf(line: ServiceLine, column: string): SortKey {
  switch (column) {
    case 'value':
      return line.value;
    case 'change':
      return relativeChange(line);
    case 'instances':
      return line.service.instances;
    case 'hottest':
      return line.service.hottest?.function ?? null;
    case 'last':
      return line.service.lastMillis;
    default:
      return line.service.service;
  }
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
