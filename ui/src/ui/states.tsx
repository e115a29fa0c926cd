import type { ReactNode } from 'react';
import { ServerError } from '../api/server-error';
import './states.css';

/** Why there is nothing to see, and what can be done about it. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="state" role="status">
      <p className="state-title">{title}</p>
      {children === undefined ? null : <div className="state-fix">{children}</div>}
    </div>
  );
}

/** The server's words, and another try. */
export function Failure({ error, retry }: { readonly error: Error; readonly retry?: () => void }) {
  const status = error instanceof ServerError && error.status > 0 ? `${error.status} ${error.code}` : 'no answer';
  return (
    <div className="state state-failure" role="alert">
      <p className="state-title">{error.message}</p>
      <div className="state-fix">
        <span className="num">{status}</span>
        {retry ? (
          <button type="button" className="button button-small" onClick={retry}>
            Try again
          </button>
        ) : null}
      </div>
    </div>
  );
}

/** Old content dims while new content loads, under a thin bar: a pane is never blank. */
export function Pane({ busy, label, children, className = '' }: PaneProps) {
  return (
    <section className={`pane ${className}`} aria-label={label} aria-busy={busy} data-busy={busy}>
      {busy ? <div className="pane-bar" /> : null}
      <div className="pane-content">{children}</div>
    </section>
  );
}

interface PaneProps {
  readonly busy: boolean;
  readonly label: string;
  readonly children: ReactNode;
  readonly className?: string;
}
