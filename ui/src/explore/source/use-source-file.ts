import { useQuery } from '@tanstack/react-query';
import { keyOf } from '../../api/question';
import { ServerError } from '../../api/server-error';
import { askSourceFile, sourceFile, type SourceFile, type SourcePlace } from '../../api/source-file';
import { ask } from '../../api/transport';
import { hasSession, renewSession } from './github-session';

export interface SourceAnswer {
  readonly file: SourceFile | null;
  readonly isBusy: boolean;
  readonly error: Error | null;
  /** GitHub wants to know who asks. */
  readonly needsLogin: boolean;
  readonly retry: () => void;
}

/** The file behind a function, or null where no place of it is known. */
export function useSourceFile(place: SourcePlace | null): SourceAnswer {
  const question = place === null ? null : askSourceFile(place);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: [sourceFile.name, question === null ? '' : keyOf(question)],
    enabled: question !== null,
    staleTime: Infinity,
    retry: false,
    meta: { question },
    queryFn: async ({ signal }) => {
      const read = async (): Promise<SourceFile> => sourceFile.decode(await ask(question!, signal));
      try {
        return await read();
      } catch (failure) {
        if (!isRefused(failure) || !hasSession()) throw failure;
        await renewSession();
        return await read();
      }
    },
  });
  return { file: data ?? null, isBusy: isFetching, error, needsLogin: isRefused(error), retry: () => void refetch() };
}

function isRefused(error: unknown): boolean {
  return error instanceof ServerError && error.status === 401;
}
