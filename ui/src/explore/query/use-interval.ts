import { useEffect } from 'react';

/** Runs every so many milliseconds while the page is seen; at once when it is seen again after missing a turn. 0: never. */
export function useInterval(run: () => void, millis: number): void {
  useEffect(() => {
    if (millis === 0) return;
    let last = Date.now();
    const turn = (): void => {
      if (document.hidden || Date.now() - last < millis) return;
      last = Date.now();
      run();
    };
    // More often than needed, so that what was missed is caught up soon; `last` keeps the pace.
    const timer = setInterval(turn, Math.min(millis, 1000));
    document.addEventListener('visibilitychange', turn);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', turn);
    };
  }, [run, millis]);
}
