import { askDiff, diffGraph } from '../../api/compare';
import { useTree, type Stacks } from '../../explore/use-stacks';
import type { Comparison } from '../use-compare';

/** The tree of both sides with the transforms of the address. */
export function useDiffStacks(comparison: Comparison, transforms: readonly string[]): Stacks {
  return useTree((path) => askDiff(comparison.left, comparison.right, null, path), diffGraph, transforms);
}
