import { Suspense } from 'react';
import { Link, useLocation } from 'wouter';
import { ErrorBoundary } from '../ui/error-boundary';
import { Empty } from '../ui/states';
import './admin.css';
import { sectionOf, SECTIONS } from './sections';

/** Is it healthy: what comes in, what is kept, what is asked, and the settings in force. */
export default function AdminPage() {
  const [path] = useLocation();
  const section = sectionOf(path);
  return (
    <div className="admin">
      <nav className="admin-nav" aria-label="Sections">
        {SECTIONS.map(({ path, title }) => (
          <Link key={path} href={`/admin/${path}`} aria-current={path === section?.path ? 'page' : undefined}>
            {title}
          </Link>
        ))}
      </nav>
      <ErrorBoundary key={section?.path}>
        <Suspense fallback={<div className="pane-bar" role="status" aria-label="Loading" />}>
          {section ? <section.Component /> : <Empty title={`There is no section at ${path}.`} />}
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}
