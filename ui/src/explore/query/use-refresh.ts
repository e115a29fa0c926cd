import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useClock } from '../../app/clock';

/**
 * Asks the page's questions anew. Windows that move with the clock give new questions by themselves; what is asked about fixed times is the
 * same question, and is asked once more, since profiles may come late.
 */
export function useRefresh(): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    if (useClock.getState().frozen) return;
    const asked = Date.now();
    useClock.getState().tick();
    // After the page has put its new questions: the old ones are in use no more, and need no answer.
    setTimeout(() => {
      void queries.invalidateQueries({ predicate: (query) => query.state.fetchStatus === 'idle' && query.state.dataUpdatedAt < asked });
    });
  }, [queries]);
}
