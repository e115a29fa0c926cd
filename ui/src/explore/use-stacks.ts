import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { ask } from '../api/transport';
import { keyOf } from '../api/question';
import type { Target } from '../api/selection';
import { askFlameGraph, flameGraph } from '../api/stacks';
import { useAnswer } from '../api/use-answer';
import { toast } from '../app/toasts';
import { pathOf, type Frames } from '../profile/frames';
import { graft } from '../profile/graft';
import { applyTransforms } from '../profile/apply-transforms';
import { decodeTransform } from '../profile/transforms';

export interface Stacks {
  /** After the transforms; null as long as nothing has come. */
  readonly frames: Frames | null;
  /** As the server sent it. */
  readonly raw: Frames | null;
  readonly busy: boolean;
  readonly error: Error | null;
  retry(): void;
  /** Asks for what a node folds and puts it in its place. */
  expand(node: number): void;
}

/** The tree of a selection with the transforms of the address. All views share one answer: it is asked once. */
export function useStacks(target: Target, transforms: readonly string[]): Stacks {
  const client = useQueryClient();
  const question = askFlameGraph(target, null);
  const answer = useAnswer(question, flameGraph);
  const raw = answer.data ?? null;
  const key = keyOf(question);
  const transformed = useQuery({
    queryKey: ['transformed', key, answer.dataUpdatedAt, transforms],
    queryFn: () =>
      applyTransforms(
        raw!,
        transforms.map(decodeTransform).filter((t) => t !== null),
      ),
    enabled: raw !== null && transforms.length > 0,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const expand = useCallback(
    (node: number) => {
      if (raw === null) return;
      // Of a transformed tree a path is no longer a path of the server's: only the plain tree can be expanded.
      if (transforms.length > 0) {
        toast('Folded frames open in the plain tree: take the transforms away first.');
        return;
      }
      const part = askFlameGraph(target, null, pathOf(raw, node));
      ask(part)
        .then(async (bytes) => {
          const subtree = await flameGraph.decode(bytes);
          client.setQueryData([flameGraph.name, key], graft(raw, node, subtree));
        })
        .catch((error: unknown) => toast(error instanceof Error ? error.message : String(error)));
    },
    [raw, transforms, target, client, key],
  );
  const plain = transforms.length === 0;
  return {
    frames: plain ? raw : (transformed.data ?? null),
    raw,
    busy: answer.isFetching || (!plain && transformed.isFetching),
    error: answer.error ?? (plain ? null : transformed.error),
    retry: () => void answer.refetch(),
    expand,
  };
}
