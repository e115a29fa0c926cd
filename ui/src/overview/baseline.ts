import type { TimeSeries } from '../api/series';
import type { TimeRange } from '../profile/time';
import { earlier } from '../profile/time-shift';
import type { Baseline } from '../url/overview-state';

/** The window that the present one is compared with. Versions are compared within the present one. */
export function baselineWindow(window: TimeRange, baseline: Baseline): TimeRange {
  return baseline === 'version' ? window : earlier(window, baseline);
}

export function baselineTitle(baseline: Baseline): string {
  switch (baseline) {
    case 'before':
      return 'the window before';
    case 'day':
      return 'the same window yesterday';
    case 'week':
      return 'the same window last week';
    case 'version':
      return 'the last version';
  }
}

/** Labels that hold a program's version, in the order in which they are believed. */
export const VERSION_LABELS = ['version', 'service_version', 'service_git_ref', 'git_ref'] as const;

export interface Versions {
  readonly service: string;
  readonly before: string;
  readonly after: string;
}

/**
 * The two latest versions of each service that has several: the one that was seen first last, and the one before. Versions that began
 * together (both are older than the window) are told apart as people number them: 1.9 before 1.10.
 */
export function lastVersions(series: readonly TimeSeries[], label: string): readonly Versions[] {
  const services = new Map<string, { version: string; first: number }[]>();
  for (const { labels, times, values } of series) {
    const service = labels.find((l) => l.name === 'service_name')?.value ?? '';
    const version = labels.find((l) => l.name === label)?.value ?? '';
    const first = times.find((_, i) => values[i] > 0);
    if (version === '' || first === undefined) continue;
    const versions = services.get(service) ?? [];
    versions.push({ version, first });
    services.set(service, versions);
  }
  const result: Versions[] = [];
  for (const [service, versions] of services) {
    if (versions.length < 2) continue;
    versions.sort((a, b) => a.first - b.first || a.version.localeCompare(b.version, 'en', { numeric: true }));
    result.push({ service, before: versions.at(-2)!.version, after: versions.at(-1)!.version });
  }
  return result.sort((a, b) => a.service.localeCompare(b.service));
}
