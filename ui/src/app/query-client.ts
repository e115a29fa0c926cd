import { QueryClient } from '@tanstack/react-query';

/** Questions carry absolute times, so an answer stays right; five minutes unseen and it is forgotten. */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: Infinity, gcTime: 300_000, refetchOnWindowFocus: false, structuralSharing: false } },
});
