import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { isSame, PRESETS, type Window } from './windows';

const KEPT = 8;

/** Windows that were used and are no preset, the latest first. */
export const useRecentWindows = create<{ readonly windows: readonly Window[]; use(window: Window): void }>()(
  persist(
    (set, get) => ({
      windows: [],
      use: (window) => {
        if (PRESETS.some((preset) => isSame(preset, window))) return;
        set({ windows: [window, ...get().windows.filter((other) => !isSame(other, window))].slice(0, KEPT) });
      },
    }),
    { name: 'kagari.windows', version: 1 },
  ),
);
