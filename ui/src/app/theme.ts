import { useLayoutEffect, useSyncExternalStore } from 'react';
import { usePreferences } from './preferences';

export type Theme = 'dark' | 'light';

const light = window.matchMedia('(prefers-color-scheme: light)');

/** The theme in force: the one that was chosen, else the system's. */
export function useTheme(): Theme {
  const chosen = usePreferences((p) => p.theme);
  const system = useSyncExternalStore<Theme>(
    (changed) => {
      light.addEventListener('change', changed);
      return () => light.removeEventListener('change', changed);
    },
    () => (light.matches ? 'light' : 'dark'),
  );
  return chosen === 'system' ? system : chosen;
}

/** Writes the theme to the document, where roles.css reads it: before any canvas reads its colours from there in its own effect. */
export function useDocumentTheme(): void {
  const theme = useTheme();
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
}
