import { decodeMatcher, encodeMatcher, type Matcher } from './matcher';

/** A change of the tree that is shown. Applied in order, each to the result of the one before (apply-transforms.ts). */
export type Transform = (
  | {
      /**
       * - `focus`: only stacks with such a frame; callers stay.
       * - `showFrom`: the same, but each stack begins with its outermost such frame.
       * - `hide`: the frames are taken out of their stacks; what they called is called by their callers, their self becomes their callers'.
       * - `merge`: the frames and all below them become self of their callers.
       * - `drop`: stacks with such a frame are gone, and so is their value.
       * - `collapseRecursion`: from a call of such a function to its innermost one, only the outermost stays.
       * - `collapsePackage`: of calls within one package only the first stays.
       */
      readonly kind: 'focus' | 'showFrom' | 'hide' | 'merge' | 'drop' | 'collapseRecursion' | 'collapsePackage';
      readonly match: Matcher;
    }
  | {
      /** `ownCode`: frames of libraries, runtime and kernel are hidden. `invert`: callees above callers. The others: for all functions. */
      readonly kind: 'ownCode' | 'invert' | 'collapseAllRecursion' | 'collapseAllPackages';
    }
) & { readonly enabled: boolean };

export type TransformKind = Transform['kind'];

/** What each kind is called in addresses. */
const WORDS: Readonly<Record<TransformKind, string>> = {
  focus: 'focus',
  showFrom: 'from',
  hide: 'hide',
  merge: 'merge',
  drop: 'drop',
  collapseRecursion: 'recursion',
  collapsePackage: 'package',
  ownCode: 'mine',
  invert: 'invert',
  collapseAllRecursion: 'recursion',
  collapseAllPackages: 'package',
};

/** What each kind is called on a chip. */
export const TRANSFORM_LABELS: Readonly<Record<TransformKind, string>> = {
  focus: 'focus',
  showFrom: 'show from',
  hide: 'hide',
  merge: 'merge into caller',
  drop: 'drop stacks',
  collapseRecursion: 'collapse recursion',
  collapsePackage: 'collapse package',
  ownCode: 'only my code',
  invert: 'invert',
  collapseAllRecursion: 'collapse recursion',
  collapseAllPackages: 'collapse packages',
};

/** Text for the address: `hide:pkg:net/http`, `recursion`, and `~` in front of one that is switched off. */
export function encodeTransform(transform: Transform): string {
  const word = (transform.enabled ? '' : '~') + WORDS[transform.kind];
  return 'match' in transform ? `${word}:${encodeMatcher(transform.match)}` : word;
}

/** Inverts `encodeTransform`; null for what is none. */
export function decodeTransform(text: string): Transform | null {
  const enabled = !text.startsWith('~');
  const bare = enabled ? text : text.slice(1);
  const colon = bare.indexOf(':');
  const word = colon < 0 ? bare : bare.slice(0, colon);
  if (colon < 0) return withoutMatcher(word, enabled);
  const match = decodeMatcher(bare.slice(colon + 1));
  switch (word) {
    case 'focus':
    case 'hide':
    case 'merge':
    case 'drop':
      return { kind: word, match, enabled };
    case 'from':
      return { kind: 'showFrom', match, enabled };
    case 'recursion':
      return { kind: 'collapseRecursion', match, enabled };
    case 'package':
      return { kind: 'collapsePackage', match, enabled };
    default:
      return null;
  }
}

function withoutMatcher(word: string, enabled: boolean): Transform | null {
  switch (word) {
    case 'mine':
      return { kind: 'ownCode', enabled };
    case 'invert':
      return { kind: 'invert', enabled };
    case 'recursion':
      return { kind: 'collapseAllRecursion', enabled };
    case 'package':
      return { kind: 'collapseAllPackages', enabled };
    default:
      return null;
  }
}
