import type { Frames } from '../profile/frames';
import type { Direction } from './geometry';
import { stepFrom, type Step } from './navigate';

/** Letters that are commands on a frame (design: hide, merge, drop, focus, recursion, package, sandwich, source, copy, copy stack, mark). */
export const COMMANDS = 'hmdfrpsgcCx';

/** What a key means to the flame graph; null where it is none of ours and bubbles. */
export type KeyAction =
  | { readonly kind: 'select' | 'zoom' | 'menu'; readonly node: number }
  | { readonly kind: 'command'; readonly key: string; readonly node: number }
  | { readonly kind: 'out' | 'reset' };

interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export function keyAction(event: Pressed, frames: Frames, node: number, direction: Direction): KeyAction | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const step = stepOf(event.key, direction);
  if (step !== null) return { kind: 'select', node: stepFrom(frames, node, step) };
  if (event.key === 'Enter') return { kind: 'zoom', node };
  if (event.key === 'Escape') return { kind: 'out' };
  if (event.key === '0') return { kind: 'reset' };
  if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) return { kind: 'menu', node };
  if (event.key.length === 1 && COMMANDS.includes(event.key)) return { kind: 'command', key: event.key, node };
  return null;
}

function stepOf(key: string, direction: Direction): Step | null {
  switch (key) {
    case 'ArrowUp':
      return direction === 'icicle' ? 'parent' : 'child';
    case 'ArrowDown':
      return direction === 'icicle' ? 'child' : 'parent';
    case 'ArrowLeft':
      return 'previous';
    case 'ArrowRight':
      return 'next';
    default:
      return null;
  }
}
