import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useClock } from '../../app/clock';
import { isRelative } from '../../profile/time';

/**
 * Asks the page's questions anew. A window that moves with the clock gives new questions by itself; one that stands still is asked once
 * more, since profiles may come late.
 */
export function useRefresh(until: string): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    if (useClock.getState().frozen) return;
    useClock.getState().tick();
    if (!isRelative(until)) void queries.invalidateQueries({ refetchType: 'active' });
  }, [queries, until]);
}
