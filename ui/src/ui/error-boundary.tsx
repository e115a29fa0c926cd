import { Component, type ReactNode } from 'react';
import { Failure } from './states';

/** A bug of ours must not blank the page: it is named, and the rest goes on. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error ? <Failure error={error} retry={() => this.setState({ error: null })} /> : this.props.children;
  }
}
