import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

/** A part of the inspector that is asked for by itself: its heading stands at once, its failure is its own. */
export function Section<T>({
  title,
  answer,
  children,
}: {
  readonly title: string;
  readonly answer: UseQueryResult<T>;
  readonly children: (value: T) => ReactNode;
}) {
  const { data, error, refetch } = answer;
  return (
    <section className="inspector-section" aria-busy={answer.isFetching} data-busy={answer.isPlaceholderData}>
      <h3>{title}</h3>
      {error ? (
        <p className="inspector-note">
          {error.message}{' '}
          <button type="button" className="inspector-link" onClick={() => void refetch()}>
            Try again
          </button>
        </p>
      ) : data === undefined ? (
        <p className="inspector-note">…</p>
      ) : (
        children(data)
      )}
    </section>
  );
}
