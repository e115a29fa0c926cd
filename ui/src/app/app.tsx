import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense } from 'react';
import { Route, Router, Switch } from 'wouter';
import { AppDialogs } from './app-dialogs';
import { basePath } from './base-path';
import './app.css';
import { useKeys } from './commands';
import { queryClient } from './query-client';
import { routes } from './routes';
import { SaveView } from '../overview/save-view';
import { useDocumentTheme } from './theme';
import { Toasts } from './toast-list';
import { TopBar } from './top-bar';
import { Empty } from '../ui/states';
import { ErrorBoundary } from '../ui/error-boundary';

export function App() {
  useDocumentTheme();
  useKeys();
  return (
    <QueryClientProvider client={queryClient}>
      <Router base={basePath}>
        <div className="app">
          <TopBar />
          <main className="app-page">
            <ErrorBoundary>
              <Suspense fallback={<div className="pane-bar" role="status" aria-label="Loading" />}>
                <Switch>
                  {routes.map(({ path, Page }) => (
                    <Route key={path} path={path} component={Page} />
                  ))}
                  <Route>
                    <Empty title={`There is no page at ${window.location.pathname}.`}>
                      <a href={`${basePath}/`}>Overview</a>
                    </Empty>
                  </Route>
                </Switch>
              </Suspense>
            </ErrorBoundary>
          </main>
        </div>
        <AppDialogs />
        <SaveView />
        <Toasts />
      </Router>
    </QueryClientProvider>
  );
}
