const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

/** How long data is kept, as the configuration writes it: `30d`, `1d12h`; 0 is forever. */
export function formatPeriod(seconds: number): string {
  if (seconds === 0) return 'forever';
  let rest = Math.round(seconds);
  let text = '';
  for (const [name, size] of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${name}`;
    rest -= count * size;
  }
  return text;
}
