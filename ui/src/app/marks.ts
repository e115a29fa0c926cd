import { create } from 'zustand';
import { encode } from '../url/codec';
import { compareSchema, sidePatch, type Side } from '../url/compare-state';
import { decode } from '../url/codec';
import type { Selection } from '../url/explore-state';
import { toast } from './toasts';

/** The side that was marked first; the second mark opens the comparison. */
export const useMarks = create<{
  readonly first: Side | null;
  mark(selection: Selection, fn: string | null, navigate: (address: string) => void): void;
}>((set, get) => ({
  first: null,
  mark: (selection, fn, navigate) => {
    const { type, selector, from, until, range } = selection;
    const side: Side = { type, selector, from, until, range, file: null };
    const { first } = get();
    if (first === null) {
      set({ first: side });
      toast('Marked as A. Choose another selection and mark it as B.');
      return;
    }
    set({ first: null });
    const state = { ...decode(compareSchema, ''), ...sidePatch('a', first), ...sidePatch('b', side), fn };
    navigate(`/compare?${encode(compareSchema, state)}`);
  },
}));
