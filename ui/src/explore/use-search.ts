import { useCallback, useMemo } from 'react';
import { create } from 'zustand';
import type { Frames } from '../profile/frames';
import { search, type SearchResult } from '../profile/search';
import { formatShare } from '../profile/units';

export interface Search {
  /** Per node 1 = matches; null without a search. */
  readonly hits: Uint8Array | null;
  /** The hit that was stepped to; null before the first step. */
  readonly current: number | null;
  /** `84 fn · 12.4% · 1/37`. */
  readonly found: string | null;
  readonly wrong: string | null;
  readonly step: (by: 1 | -1) => void;
}

/** Which hit of which search was stepped to: the field and the graph are far apart, and only one search is on a page. */
const usePosition = create<{ readonly text: string; readonly index: number }>(() => ({ text: '', index: -1 }));

/** Searches the drawn tree and steps from hit to hit. Field and graph both call this; the tree is searched once. */
export function useSearch(frames: Frames | null, text: string): Search {
  const { result, wrong } = useMemo(() => searchOnce(frames, text), [frames, text]);
  const position = usePosition();
  const count = result?.order.length ?? 0;
  const index = position.text === text && position.index >= 0 && position.index < count ? position.index : null;
  const step = useCallback(
    (by: 1 | -1) => {
      if (count === 0) return;
      const before = usePosition.getState();
      const from = before.text === text ? before.index : by > 0 ? -1 : 0;
      usePosition.setState({ text, index: (from + by + count) % count });
    },
    [count, text],
  );
  return {
    hits: result?.hits ?? null,
    current: index === null || result === null ? null : result.order[index],
    found: result && frames ? told(result, frames, index) : null,
    wrong,
    step,
  };
}

interface Found {
  readonly text: string;
  readonly result: SearchResult | null;
  readonly wrong: string | null;
}

const last = new WeakMap<Frames, Found>();
const NOTHING: Found = { text: '', result: null, wrong: null };

function searchOnce(frames: Frames | null, text: string): Found {
  if (frames === null || text.trim() === '') return NOTHING;
  const before = last.get(frames);
  if (before?.text === text) return before;
  const found = searchNow(frames, text);
  last.set(frames, found);
  return found;
}

function searchNow(frames: Frames, text: string): Found {
  try {
    return { text, result: search(frames, text), wrong: null };
  } catch (error) {
    return { text, result: null, wrong: error instanceof Error ? error.message : String(error) };
  }
}

function told(result: SearchResult, frames: Frames, index: number | null): string {
  if (result.functions === 0) return 'no hit';
  const share = formatShare(result.value, frames.total[0]);
  return `${result.functions} fn · ${share} · ${index === null ? '' : `${index + 1}/`}${result.order.length}`;
}
