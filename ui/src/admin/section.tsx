import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ServerError } from '../api/server-error';
import { Failure, Pane } from '../ui/states';

/** A section of the page: its title, a sentence about it, tools at the right. */
export function Section({ title, note, tools, children }: SectionProps) {
  return (
    <div className="admin-section">
      <header className="admin-section-head">
        <h1>{title}</h1>
        {note === undefined ? null : <p>{note}</p>}
        {tools === undefined ? null : <div className="admin-section-tools">{tools}</div>}
      </header>
      <div className="admin-section-body">{children}</div>
    </div>
  );
}

/** What an answer shows once it is here. A refusal names the scope that is missing. */
export function Answered<T>({ answer, scope = 'admin', label, children }: AnsweredProps<T>) {
  const { data, error, isFetching, isPlaceholderData, refetch } = answer;
  if (error && data === undefined) {
    return (
      <>
        {isForbidden(error) ? <p className="admin-forbidden">This needs a credential with the scope {scope}.</p> : null}
        <Failure error={error} retry={() => void refetch()} />
      </>
    );
  }
  return (
    <Pane busy={data === undefined ? isFetching : isPlaceholderData} label={label}>
      {error ? <p className="admin-stale">Not refreshed: {error.message}</p> : null}
      {data === undefined ? null : children(data)}
    </Pane>
  );
}

function isForbidden(error: Error): boolean {
  return error instanceof ServerError && error.status === 403;
}

interface AnsweredProps<T> {
  readonly answer: UseQueryResult<T>;
  /** The scope that the server asks for. */
  readonly scope?: string;
  readonly label: string;
  children(value: T): ReactNode;
}

interface SectionProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}
