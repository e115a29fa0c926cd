/** A number as it is shown: digits, and the unit behind them, which stands dimmer. */
export interface Quantity {
  readonly digits: string;
  /** Empty for plain counts. */
  readonly unit: string;
}

const SECONDS: readonly (readonly [string, number])[] = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
  ['ms', 1e-3],
  ['µs', 1e-6],
  ['ns', 1e-9],
];

const BYTES: readonly (readonly [string, number])[] = [
  ['PiB', 2 ** 50],
  ['TiB', 2 ** 40],
  ['GiB', 2 ** 30],
  ['MiB', 2 ** 20],
  ['KiB', 2 ** 10],
  ['B', 1],
];

const COUNTS: readonly (readonly [string, number])[] = [
  ['T', 1e12],
  ['G', 1e9],
  ['M', 1e6],
  ['k', 1e3],
  ['', 1],
];

/** Seconds in one of a profile type's units of time; null for what is no time. */
export function secondsIn(unit: string): number | null {
  return { nanoseconds: 1e-9, microseconds: 1e-6, milliseconds: 1e-3, seconds: 1, minutes: 60, hours: 3600 }[unit] ?? null;
}

/** A value of a profile type, in the largest unit that leaves a digit before the point. Three significant digits. */
export function quantity(value: number, unit: string): Quantity {
  const seconds = secondsIn(unit);
  if (seconds !== null) return scaled(value * seconds, SECONDS, 1e-9);
  if (unit === 'bytes') return scaled(value, BYTES, 1);
  return scaled(value, COUNTS, 1);
}

export function formatValue(value: number, unit: string): string {
  const { digits, unit: shown } = quantity(value, unit);
  return shown === '' ? digits : `${digits} ${shown}`;
}

/** A value per second: time per second is a number of cores (or thousandths of one), the rest is a speed. */
export function rate(perSecond: number, unit: string): Quantity {
  const seconds = secondsIn(unit);
  if (seconds !== null) {
    const cores = perSecond * seconds;
    return cores === 0 || Math.abs(cores) >= 0.0995
      ? { digits: significant(cores), unit: 'cores' }
      : { digits: significant(cores * 1000), unit: 'mcores' };
  }
  const { digits, unit: shown } = quantity(perSecond, unit);
  return { digits, unit: `${shown}/s` };
}

export function formatRate(perSecond: number, unit: string): string {
  const { digits, unit: shown } = rate(perSecond, unit);
  return `${digits} ${shown}`;
}

/** A part of a whole, from 0 to 1, as per cent; −1 to 1 where parts are subtracted. */
export function formatShare(share: number): string {
  const percent = Math.abs(share * 100);
  if (percent === 0) return '0%';
  if (percent < 0.01) return '<0.01%';
  return `${share < 0 ? '−' : ''}${percent < 1 ? percent.toFixed(2) : percent.toFixed(1)}%`;
}

/** A change relative to what was, with its sign; `new` where there was nothing. */
export function formatRelative(before: number, after: number): string {
  if (before === after) return '±0%';
  if (before === 0) return 'new';
  const percent = (100 * (after - before)) / before;
  const size = Math.abs(percent);
  return `${percent < 0 ? '−' : '+'}${size < 10 ? size.toFixed(1) : size < 1000 ? size.toFixed(0) : significant(size)}%`;
}

/** Whole numbers with thin groups of three: exact, never shortened. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replaceAll(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** How long ago, in its largest unit: `42 s`, `3 h`. */
export function formatAge(millis: number): string {
  const seconds = Math.max(0, millis / 1000);
  const [name, size] = SECONDS.find(([, size]) => seconds >= size && size >= 1) ?? ['s', 1];
  return `${Math.floor(seconds / size)} ${name}`;
}

function scaled(value: number, units: readonly (readonly [string, number])[], smallest: number): Quantity {
  if (value === 0) return { digits: '0', unit: units.find(([, size]) => size === 1)?.[0] ?? '' };
  const size = Math.abs(value);
  // Half of the last digit that is shown: 1,023.9 B is 1.00 KiB, not 1,024 B.
  const [name, of] = units.find(([, one]) => size >= one * 0.9995) ?? ['', smallest];
  return { digits: significant(value / of), unit: name === '' && size < smallest ? (units.at(-1)?.[0] ?? '') : name };
}

/** Three digits, or all before the point where there are more; the last ones are not shown where the number is whole. */
function significant(value: number): string {
  const size = Math.abs(value);
  return `${value < 0 ? '−' : ''}${size > 0 && size < 1e-6 ? size.toExponential(1) : digitsOf(size)}`;
}

function digitsOf(size: number): string {
  if (size >= 100 || Number.isInteger(size)) return size.toFixed(0);
  if (size >= 10) return size.toFixed(1);
  // What rounds to 1 is written as 1.00, not as 1.0.
  return size >= 0.9995 ? size.toFixed(2) : size.toPrecision(2);
}
