import { useMemo, useState } from 'react';
import { askSandwich, sandwich, type SandwichFrames } from '../../api/stacks';
import type { Target } from '../../api/selection';
import { useAnswer } from '../../api/use-answer';
import { useUiConfig } from '../../app/ui-config';
import { sandwich as sandwichOf } from '../../profile/sandwich';
import { useStacks } from '../use-stacks';

export interface Sandwich {
  /** Null as long as nothing has come, or where no stack has the function. */
  readonly halves: SandwichFrames | null;
  readonly busy: boolean;
  readonly missing: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  /** Asks for both halves with the largest budget there is; null where that is done. */
  readonly askWhole: (() => void) | null;
}

/** Callers and callees of a function: exact by the server's count, or of the transformed tree where there are transforms. */
export function useSandwich(target: Target, fn: string, transforms: readonly string[]): Sandwich {
  const most = useUiConfig()?.maxNodesMax ?? null;
  const [wholeOf, setWholeOf] = useState<string | null>(null);
  const isPlain = transforms.length === 0;
  const isWhole = wholeOf === fn;
  const answer = useAnswer(isPlain ? askSandwich(target, fn, isWhole ? most : null) : null, sandwich);
  const stacks = useStacks(target, transforms);
  const local = useMemo(() => (isPlain || stacks.frames === null ? null : sandwichOf(stacks.frames, fn)), [isPlain, stacks.frames, fn]);
  const halves = isPlain ? (answer.data ?? null) : local;
  const isFound = halves !== null && halves.callees.total[0] > 0;
  const isHere = isPlain ? answer.isSuccess : stacks.frames !== null;
  return {
    halves: isFound ? halves : null,
    busy: isPlain ? answer.isFetching : stacks.busy,
    missing: isHere && !isFound,
    error: isPlain ? answer.error : stacks.error,
    retry: isPlain ? () => void answer.refetch() : () => stacks.retry(),
    askWhole: isPlain && !isWhole && most !== null ? () => setWholeOf(fn) : null,
  };
}
