import type { Millis } from './time';
import { edgeOf, isValue, type Column, type Steps } from './timeline';

/** Labels that tell versions apart, the first that there is counts. */
export const VERSION_LABELS = ['version', 'service_version', 'service_git_ref'] as const;

export interface Deploy {
  /** Left edge of the step in which it was first seen. */
  readonly time: Millis;
  readonly version: string;
}

/**
 * Versions that first show up within the window, after others did: what runs from the start was not deployed in it, and of a program that
 * was only now started there is no older version.
 */
export function deploysOf(versions: readonly { readonly version: string; readonly column: Column }[], steps: Steps): readonly Deploy[] {
  const firsts = versions
    .map(({ version, column }) => ({ version, at: column.findIndex(isValue) }))
    .filter(({ version, at }) => version !== '' && at >= 0)
    .sort((a, b) => a.at - b.at);
  const start = firsts.at(0)?.at ?? 0;
  return firsts.filter(({ at }) => at > start).map(({ version, at }) => ({ version, time: edgeOf(steps, at) - steps.step }));
}
