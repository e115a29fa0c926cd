import { create } from 'zustand';

export interface Toast {
  readonly id: number;
  readonly text: string;
}

const SHOWN_MILLIS = 4000;
let last = 0;

export const useToasts = create<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }));

/** Says that something was done, for four seconds, also to screen readers. */
export function toast(text: string): void {
  const id = ++last;
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts.slice(-2), { id, text }] }));
  setTimeout(() => useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((t) => t.id !== id) })), SHOWN_MILLIS);
}
