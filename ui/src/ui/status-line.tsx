import type { ReactNode } from 'react';
import './status-line.css';

/** The last row of a page: what the numbers above are of, and the keys that matter here. */
export function StatusLine({ children, keys }: { readonly children: ReactNode; readonly keys: readonly (readonly [string, string])[] }) {
  return (
    <footer className="status-line">
      <div className="status-facts">{children}</div>
      <div className="status-keys" aria-hidden="true">
        {keys.map(([key, title]) => (
          <span key={key}>
            <kbd className="key">{key}</kbd> {title}
          </span>
        ))}
      </div>
    </footer>
  );
}
