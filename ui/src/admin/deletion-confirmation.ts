import type { DeletionRequest } from '../api/deletion';

/** What must be typed before a deletion: what is deleted, so that nobody confirms by habit. */
export function confirmationOf({ query, all }: DeletionRequest): string {
  return all ? 'delete everything' : query.trim();
}

export function isConfirmed(request: DeletionRequest, typed: string): boolean {
  const wanted = confirmationOf(request);
  return wanted !== '' && typed.trim() === wanted;
}

/** Whether enough is said to count what would go. */
export function isComplete({ query, all, from }: DeletionRequest): boolean {
  return (all || query.trim() !== '') && from.trim() !== '';
}
