import { useMemo } from 'react';
import { askDelete, askSet, askSettings, settings } from '../api/settings';
import { useAction, nothing } from '../api/use-action';
import { useAnswer } from '../api/use-answer';
import { toast } from '../app/toasts';
import { PIN, pinsOf, VIEW, viewsOf, type SavedView } from './saved-view';

export function useRemembered(): Remembered {
  const { data, error } = useAnswer(askSettings(), settings, { stale: 60_000 });
  const options = { onError: (failed: Error) => toast(`Not kept: ${failed.message}`) };
  const set = useAction(({ name, value }: { name: string; value: string }) => askSet(name, value, Date.now()), nothing, [settings]);
  const remove = useAction(askDelete, nothing, [settings]);
  const views = useMemo(() => viewsOf(data ?? []), [data]);
  const pinned = useMemo(() => pinsOf(data ?? []), [data]);
  return {
    views,
    pinned,
    error,
    save: (title, href) =>
      set.mutate(
        { name: VIEW + freshId(), value: JSON.stringify({ title, href }) },
        { ...options, onSuccess: () => toast(`Saved “${title}”.`) },
      ),
    forget: (view) => remove.mutate(view.id, { ...options, onSuccess: () => toast(`Removed “${view.title}”.`) }),
    pin: (service, isPinned) =>
      isPinned ? set.mutate({ name: PIN + service, value: '1' }, options) : remove.mutate(PIN + service, options),
  };
}

export interface Remembered {
  readonly views: readonly SavedView[];
  readonly pinned: ReadonlySet<string>;
  readonly error: Error | null;
  save(title: string, href: string): void;
  forget(view: SavedView): void;
  pin(service: string, isPinned: boolean): void;
}

/** `crypto.randomUUID` is missing where the page came without TLS. */
function freshId(): string {
  const random = crypto.getRandomValues(new Uint32Array(1))[0];
  return `${Date.now().toString(36)}-${random.toString(36)}`;
}
