import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** What a person keeps from page to page; everything else is in the address. */
export interface Preferences {
  readonly theme: 'system' | 'dark' | 'light';
  /** An IANA name, `UTC`, or `local` for the browser's. */
  readonly timeZone: string;
  /** Seconds between refreshes; 0 is never. */
  readonly refresh: number;
  readonly recentServices: readonly string[];
  readonly recentTypes: readonly string[];
  /** Height of the timeline in pixels; 0 collapses it. */
  readonly timelineHeight: number;
  readonly pointerTooltip: boolean;
  set(patch: Partial<Omit<Preferences, 'set'>>): void;
}

const RECENT = 8;

export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      theme: 'system',
      timeZone: 'UTC',
      refresh: 0,
      recentServices: [],
      recentTypes: [],
      timelineHeight: 132,
      pointerTooltip: false,
      set: (patch) => set(patch),
    }),
    { name: 'kagari.preferences', version: 1 },
  ),
);

/** `used` first, without repeats, at most eight. */
export function withRecent(list: readonly string[], used: string): readonly string[] {
  return [used, ...list.filter((other) => other !== used)].slice(0, RECENT);
}
