import type { Setting } from '../api/settings';

/** An address of this page under a name; everybody of the tenant sees it. */
export interface SavedView {
  /** Name of the setting. */
  readonly id: string;
  readonly title: string;
  /** Below the path prefix, with its parameters. */
  readonly href: string;
  /** Unix milliseconds. */
  readonly savedAt: number;
}

/** Names of settings begin so. */
export const VIEW = 'kagari.view.';
export const PIN = 'kagari.pin.';

export function viewsOf(all: readonly Setting[]): readonly SavedView[] {
  const views = all.flatMap((setting) => {
    if (!setting.name.startsWith(VIEW)) return [];
    const read = readView(setting.value);
    return read ? [{ id: setting.name, savedAt: setting.modifiedAt, ...read }] : [];
  });
  return views.sort((a, b) => a.title.localeCompare(b.title));
}

export function pinsOf(all: readonly Setting[]): ReadonlySet<string> {
  return new Set(all.filter((s) => s.name.startsWith(PIN)).map((s) => s.name.slice(PIN.length)));
}

/** Others may write settings too: what is no view of ours is none. Only addresses of this site are followed. */
function readView(value: string): { readonly title: string; readonly href: string } | null {
  try {
    const { title, href } = JSON.parse(value) as { title?: unknown; href?: unknown };
    return typeof title === 'string' && typeof href === 'string' && /^\/(?!\/)/.test(href) ? { title, href } : null;
  } catch {
    return null;
  }
}
