import { nameOf, type Frames } from '../profile/frames';
import { partsOf } from '../profile/packages';

/** A label that fits: a dim part (glyph or package), then the function. */
export interface Label {
  readonly dim: string;
  readonly text: string;
}

const ELLIPSIS = '…';
/** Fewer characters than this say nothing. */
const CHARACTERS_MIN = 3;

/**
 * The label for `characters` columns of a monospaced font: the whole name; else without its package, which its colour tells; else cut off.
 * Null where nothing readable fits. `prefix` (a glyph of change) stays in front.
 */
export function fitLabel(frames: Frames, node: number, characters: number, prefix = ''): Label | null {
  const name = nameOf(frames, node);
  const at = frames.name[node] < 0 ? 0 : partsOf(name).functionAt;
  const room = characters - prefix.length;
  if (name.length <= room) return { dim: prefix + name.slice(0, at), text: name.slice(at) };
  const bare = name.slice(at);
  if (bare.length <= room) return { dim: prefix, text: bare };
  const cut = clip(bare, room);
  return cut === null ? null : { dim: prefix, text: cut };
}

/** Text of at most so many UTF-16 units, with an ellipsis where some is missing; never half a character. */
export function clip(text: string, room: number): string | null {
  if (text.length <= room) return text;
  if (room < CHARACTERS_MIN) return null;
  const end = room - 1;
  const half = text.charCodeAt(end - 1) >= 0xd800 && text.charCodeAt(end - 1) < 0xdc00;
  return text.slice(0, half ? end - 1 : end) + ELLIPSIS;
}
