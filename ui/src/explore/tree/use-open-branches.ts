import { useCallback, useState } from 'react';

export interface OpenBranches {
  readonly keys: ReadonlySet<string>;
  readonly set: (keys: readonly string[], isOpen: boolean) => void;
  readonly clear: () => void;
}

/** Which branches are open. Not in the address: what was opened to look around is no view that one would share. */
export function useOpenBranches(first: () => readonly string[] = () => []): OpenBranches {
  const [keys, setKeys] = useState<ReadonlySet<string>>(() => new Set(first()));
  const set = useCallback((changed: readonly string[], isOpen: boolean) => {
    setKeys((before) => {
      const after = new Set(before);
      for (const key of changed) {
        if (isOpen) after.add(key);
        else after.delete(key);
      }
      return after;
    });
  }, []);
  const clear = useCallback(() => setKeys(new Set()), []);
  return { keys, set, clear };
}
