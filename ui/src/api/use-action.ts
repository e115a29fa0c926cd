import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import type { Question } from './question';
import { ask } from './transport';
import type { Decoder } from './use-answer';

/** An action's answer that nobody reads. */
export const nothing: Decoder<null> = { name: 'nothing', decode: () => null };

/** Something the server is asked to do. Afterwards the answers of `changes` are asked anew, whether it worked or not. */
export function useAction<I, T>(
  question: (input: I) => Question,
  decoder: Decoder<T>,
  changes: readonly Decoder<unknown>[] = [],
): UseMutationResult<T, Error, I> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: I) => decoder.decode(await ask(question(input))),
    onSettled: () => Promise.all(changes.map((changed) => client.invalidateQueries({ queryKey: [changed.name] }))),
  });
}
