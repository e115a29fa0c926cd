/** Series without the label have the empty value. */
export function valueName(value: string): string {
  return value === '' ? '(none)' : value;
}

/** The colour of values that are not among the largest dozen. */
export const NEUTRAL = 'var(--same)';
