import type { Millis } from './time';

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const;

/** How long ago, in its largest unit: `42 s`, `3 h`. */
export function formatAge(age: Millis): string {
  const [name, size] = UNITS.find(([, size]) => age >= size) ?? ['s', 1000];
  return `${Math.floor(Math.max(0, age) / size)} ${name}`;
}
