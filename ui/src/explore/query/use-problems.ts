import { useMemo } from 'react';
import { askLabelSets, labelSets } from '../../api/labels';
import { useAnswers } from '../../api/use-answer';
import { formatSelector } from '../../profile/selector';
import { selectorErrors, selectorParts, type SelectorPart } from '../../profile/selector-parts';
import type { TimeRange } from '../../profile/time';
import { useSettled } from './use-settled';

/** Something about a stretch of a selector that keeps it from finding anything. */
export interface Problem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

interface WholePart extends SelectorPart {
  readonly matcher: NonNullable<SelectorPart['matcher']>;
}

/** Syntax that is wrong, and matchers that nothing in the window has: these are told, never dropped. */
export function useProblems(text: string, window: TimeRange): readonly Problem[] {
  const settled = useSettled(text, 300);
  const parts = useMemo(() => selectorParts(settled).filter((p): p is WholePart => p.matcher !== null), [settled]);
  const found = useAnswers(
    parts.map(({ matcher }) => askLabelSets([matcher.label], [formatSelector([matcher])], window)),
    labelSets,
  );
  const errors = selectorErrors(text).map(({ start, end, message = 'not understood' }) => ({ start, end, message }));
  if (settled !== text) return errors;
  const unmatched = parts.flatMap(({ start, end, matcher }, index) => {
    const { data, error } = found[index];
    const span = { start: start + leadingSpace(text.slice(start, end)), end };
    if (error) return [{ ...span, message: error.message }];
    return data?.length === 0 ? [{ ...span, message: `${formatSelector([matcher]).slice(1, -1)} matches nothing in this window` }] : [];
  });
  return [...errors, ...unmatched];
}

function leadingSpace(text: string): number {
  return text.length - text.trimStart().length;
}
