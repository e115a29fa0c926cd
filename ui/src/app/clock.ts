import { create } from 'zustand';

/** What `now` means on this page: one moment for all questions, so that their numbers fit together. Moves at a refresh. */
export interface Clock {
  /** Unix milliseconds. */
  readonly now: number;
  /** A snapshot's clock stands still. */
  readonly frozen: boolean;
  tick(): void;
  freeze(now: number): void;
}

export const useClock = create<Clock>((set, get) => ({
  now: Date.now(),
  frozen: false,
  tick: () => {
    if (!get().frozen) set({ now: Date.now() });
  },
  freeze: (now) => set({ now, frozen: true }),
}));
