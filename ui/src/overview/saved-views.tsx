import { Link } from 'wouter';
import { useDialogs } from '../app/dialogs';
import type { SavedView } from './saved-view';
import './saved-views.css';

export function SavedViews({ views, onForget }: { readonly views: readonly SavedView[]; onForget(view: SavedView): void }) {
  const open = useDialogs((d) => d.open);
  return (
    <section className="saved-views" aria-label="Saved views">
      <h2 className="overview-title">
        Saved views
        <button type="button" className="button button-small" onClick={() => open('save-view')}>
          Save this view
        </button>
      </h2>
      {views.length === 0 ? (
        <p className="saved-views-none">None yet. Any page can be saved with “Save this view …” of the palette (Ctrl K).</p>
      ) : (
        <ul>
          {views.map((view) => (
            <li key={view.id}>
              <Link href={view.href}>
                <span>{view.title}</span>
                <small>{pageOf(view.href)}</small>
              </Link>
              <button type="button" className="saved-views-forget" aria-label={`Remove ${view.title}`} onClick={() => onForget(view)}>
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** `/explore?…` is `explore`. */
function pageOf(href: string): string {
  return /^\/([a-z]*)/.exec(href)?.[1] || 'overview';
}
