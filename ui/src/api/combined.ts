/** Several answers as one state: values in the order of their questions, undefined where one is not here yet. */
export interface Combined<T> {
  readonly values: readonly (T | undefined)[];
  readonly isBusy: boolean;
  /** The first that failed. */
  readonly error: Error | null;
}

interface Result<T> {
  readonly data?: T | undefined;
  readonly isFetching: boolean;
  readonly error: Error | null;
}

export function combined<T>(results: readonly Result<T>[]): Combined<T> {
  return {
    values: results.map((result) => result.data),
    isBusy: results.some((result) => result.isFetching),
    error: results.find((result) => result.error)?.error ?? null,
  };
}
