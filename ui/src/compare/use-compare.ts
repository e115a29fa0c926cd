import { askBreakdown, breakdown, instancesOf } from '../api/breakdown';
import { askChanges, changes, type Changes, type CompareSide } from '../api/compare';
import { targetOf, type Target } from '../api/selection';
import { useAnswer } from '../api/use-answer';
import { useClock } from '../app/clock';
import { sideOf, type CompareState, type Side, type SideName } from '../url/compare-state';
import { scaleOf, type Scale, type SideFacts } from './change-mode';

/** Functions of the Changed table that are asked for: of all that changed, the ones that changed most. */
const FUNCTIONS = 1000;

export interface Comparison {
  readonly left: CompareSide;
  readonly right: CompareSide;
}

/** Both sides with their times fixed; null as long as one of them is not chosen. */
export function useComparison(state: CompareState): Comparison | null {
  const now = useClock((c) => c.now);
  const left = compareSideOf(sideOf(state, 'a'), now);
  const right = compareSideOf(sideOf(state, 'b'), now);
  return left && right ? { left, right } : null;
}

export function compareSideOf(side: Side, now: number): CompareSide | null {
  if (side.file !== null) return { kind: 'file', id: side.file, type: side.type };
  const target = targetOf(side, now);
  return target ? { kind: 'query', target } : null;
}

export function targetOfSide(comparison: Comparison, name: SideName): Target | null {
  const side = name === 'a' ? comparison.left : comparison.right;
  return side.kind === 'query' ? side.target : null;
}

export interface ChangesResult {
  readonly changes: Changes | null;
  readonly scale: Scale | null;
  readonly isFetching: boolean;
  readonly error: Error | null;
  retry(): void;
}

/** The ranked changes, and how both sides are made comparable. */
export function useChanges(comparison: Comparison, state: CompareState): ChangesResult {
  const leftInstances = useInstances(comparison.left);
  const rightInstances = useInstances(comparison.right);
  const byShare = useAnswer(
    askChanges(comparison.left, comparison.right, { mode: 'share', sort: state.sort, search: state.search, limit: FUNCTIONS }),
    changes,
  );
  const facts = byShare.data
    ? { left: factsOf(byShare.data.left, leftInstances), right: factsOf(byShare.data.right, rightInstances) }
    : null;
  const scale = facts ? scaleOf(state.mode, facts.left, facts.right) : null;
  // Ranked by what is shown: shares of sides of other size rank otherwise than values.
  // Files that do not say how long they sampled have no rate; their values are those of the shares' answer.
  const hasRate = facts !== null && facts.left.seconds > 0 && facts.right.seconds > 0;
  const needsRate = scale !== null && (scale.mode === 'rate' || (scale.mode !== 'share' && hasRate));
  const byRate = useAnswer(
    needsRate
      ? askChanges(comparison.left, comparison.right, { mode: 'rate', sort: state.sort, search: state.search, limit: FUNCTIONS })
      : null,
    changes,
  );
  const shown = needsRate ? byRate : byShare;
  return {
    changes: shown.data ?? null,
    scale,
    isFetching: byShare.isFetching || byRate.isFetching,
    error: byShare.error ?? byRate.error,
    retry: () => {
      void byShare.refetch();
      if (needsRate) void byRate.refetch();
    },
  };
}

function useInstances(side: CompareSide): number | null {
  const { data } = useAnswer(side.kind === 'query' ? askBreakdown(side.target, { limit: 1 }) : null, breakdown);
  return data ? instancesOf(data) : null;
}

function factsOf(side: Changes['left'], instances: number | null): SideFacts {
  return { total: side.total, seconds: side.seconds, unit: side.unit, instances };
}
