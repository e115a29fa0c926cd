import { create } from 'zustand';

export type DialogName = 'palette' | 'keys' | 'time' | 'share' | 'export' | 'save-view';

/** Which dialog is open: at most one. */
export const useDialogs = create<{
  readonly current: DialogName | null;
  open(name: DialogName): void;
  close(): void;
}>((set) => ({
  current: null,
  open: (current) => set({ current }),
  close: () => set({ current: null }),
}));
