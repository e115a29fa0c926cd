import { useState } from 'react';
import type { Frames } from '../profile/frames';

interface Cursor {
  readonly frames: Frames;
  /** What the owner said when the cursor was last looked at. */
  readonly given: number | null;
  /** The node that was chosen here; null where the owner's counts. */
  readonly own: number | null;
  /** Something was chosen here, and the owner has not answered yet. */
  readonly asked: boolean;
}

/**
 * The marked node. Owners keep the function, not the call site, so what they answer to `onSelect` may be another call of the same function: then
 * the one that was chosen stays. Any later change of the owner's counts.
 */
export function useCursor(
  frames: Frames,
  selected: number | null,
  onSelect: (node: number | null) => void,
): readonly [number | null, (node: number | null) => void] {
  const given = selected !== null && selected >= 0 && selected < frames.count ? selected : null;
  const [state, setState] = useState<Cursor>({ frames, given, own: null, asked: false });
  const cursor = followOwner(state, frames, given);
  if (cursor !== state) setState(cursor);
  const choose = (node: number | null) => {
    setState({ ...cursor, own: node, asked: true });
    onSelect(node);
  };
  return [cursor.own ?? given, choose];
}

/** The cursor after the owner said `given`; the same object where nothing changes. */
export function followOwner(cursor: Cursor, frames: Frames, given: number | null): Cursor {
  if (cursor.frames !== frames) return { frames, given, own: null, asked: false };
  if (cursor.given === given) return cursor;
  const answer = cursor.asked && cursor.own !== null && given !== null && frames.name[given] === frames.name[cursor.own];
  return { frames, given, own: answer ? cursor.own : null, asked: false };
}
