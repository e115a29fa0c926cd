import { askDiff, diffGraph } from '../../api/compare';
import { useAnswer } from '../../api/use-answer';
import { useSearch, type Search } from '../../explore/use-search';
import type { Comparison } from '../use-compare';

/** Search over the tree of both sides. */
export function useDiffSearch(comparison: Comparison, text: string): Search {
  const { data } = useAnswer(askDiff(comparison.left, comparison.right, null), diffGraph);
  return useSearch(data ?? null, text);
}
