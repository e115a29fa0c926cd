import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { keyOf, type Question } from '../api/question';
import type { Target } from '../api/selection';
import { askFlameGraph, flameGraph } from '../api/stacks';
import { ask } from '../api/transport';
import { useAnswer, type Decoder } from '../api/use-answer';
import { toast } from '../app/toasts';
import { transformTree } from '../flame/model';
import { pathOf, type Frames } from '../profile/frames';
import { graft } from '../profile/graft';
import { decodeTransform } from '../profile/transforms';

export interface Stacks {
  /** After the transforms; null as long as nothing has come. */
  readonly frames: Frames | null;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  /** Asks for what a node folds and puts it in its place. */
  readonly expand: (node: number) => void;
}

/** The tree of a selection with the transforms of the address. All views share one answer: it is asked once. */
export function useStacks(target: Target, transforms: readonly string[]): Stacks {
  return useTree((path) => askFlameGraph(target, null, path), flameGraph, transforms);
}

/** A tree of the server's, transformed; `questionOf` asks for what lies under a path, the whole for an empty one. */
export function useTree(
  questionOf: (path: readonly string[]) => Question,
  decoder: Decoder<Frames>,
  transforms: readonly string[],
): Stacks {
  const client = useQueryClient();
  const question = questionOf([]);
  const answer = useAnswer(question, decoder);
  const raw = answer.data ?? null;
  const isPlain = transforms.length === 0;
  const transformed = useQuery({
    queryKey: ['transformed', decoder.name, keyOf(question), answer.dataUpdatedAt, transforms],
    queryFn: ({ signal }) =>
      transformTree(
        raw!,
        transforms.map(decodeTransform).filter((t) => t !== null),
        signal,
      ),
    enabled: raw !== null && !isPlain,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const expand = (node: number): void => {
    if (raw === null) return;
    // A path in a transformed tree is none of the server's.
    if (!isPlain) {
      toast('Folded frames open in the plain tree: take the transforms away first.');
      return;
    }
    ask(questionOf(pathOf(raw, node)))
      .then(async (part) => client.setQueryData([decoder.name, keyOf(question)], graft(raw, node, await decoder.decode(part))))
      .catch((error: unknown) => toast(error instanceof Error ? error.message : String(error)));
  };
  return {
    // The tree before stays, dimmed, until the transformed one is here: a graph that vanished would lose the focus.
    frames: isPlain ? raw : (transformed.data ?? raw),
    busy: answer.isFetching || (!isPlain && transformed.isFetching),
    error: answer.error ?? (isPlain ? null : transformed.error),
    retry: () => void answer.refetch(),
    expand,
  };
}
