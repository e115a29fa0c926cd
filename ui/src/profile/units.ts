/** A number with three digits that count, and its unit apart, so that the unit can be drawn dimmer. */
export interface ValueParts {
  readonly number: string;
  /** Empty for plain counts below a thousand. */
  readonly unit: string;
}

interface Scale {
  readonly name: string;
  /** In base units: nanoseconds, bytes, one. */
  readonly size: number;
}

const TIMES: readonly Scale[] = [
  { name: 'ns', size: 1 },
  { name: 'µs', size: 1e3 },
  { name: 'ms', size: 1e6 },
  { name: 's', size: 1e9 },
  { name: 'min', size: 60e9 },
  { name: 'h', size: 3600e9 },
  { name: 'd', size: 86_400e9 },
];
const BYTES: readonly Scale[] = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'].map((name, i) => ({ name, size: 1024 ** i }));
const COUNTS: readonly Scale[] = ['', 'k', 'M', 'G', 'T'].map((name, i) => ({ name, size: 1000 ** i }));

const SMALL: readonly Scale[] = [
  { name: 'µ', size: 1e-6 },
  { name: 'm', size: 1e-3 },
];

/** Below, processors are counted in thousandths and millionths, as schedulers do: leading zeros say nothing. */
const SMALL_CORES = 0.01;

/** Nanoseconds of a unit of time, bytes of a unit of size. */
const TIME_UNITS: Readonly<Record<string, number>> = {
  nanoseconds: 1,
  ns: 1,
  microseconds: 1e3,
  us: 1e3,
  milliseconds: 1e6,
  ms: 1e6,
  seconds: 1e9,
  s: 1e9,
};
const BYTE_UNITS: Readonly<Record<string, number>> = { bytes: 1, byte: 1, b: 1, kilobytes: 1024, megabytes: 1024 ** 2 };

/** The true minus sign: as wide as a digit, so that columns stay aligned. */
const MINUS = '−';

/** Kept: making one costs a hundred times what formatting a number does. */
const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });

export function isTime(unit: string): boolean {
  return unit in TIME_UNITS;
}

/** `value` in the pprof unit of its type (nanoseconds, bytes, count, samples, …), in the largest unit that gives 1 or more. */
export function valueParts(value: number, unit: string): ValueParts {
  if (unit in TIME_UNITS) return scaled(value * TIME_UNITS[unit], TIMES);
  if (unit in BYTE_UNITS) return scaled(value * BYTE_UNITS[unit], BYTES);
  return scaled(value, COUNTS);
}

/** "1.46 h", "12.5 MiB", "1.23 k". */
export function formatValue(value: number, unit: string): string {
  return joined(valueParts(value, unit));
}

/** All digits, with the server's unit: "57,712,345,678 nanoseconds"; for tooltips. */
export function formatExact(value: number, unit: string): string {
  return `${grouped(value)} ${unit === 'count' ? (Math.abs(value) === 1 ? 'event' : 'events') : unit}`;
}

/** Value per second. Time per second is processors: "0.962 cores"; else "12.5 MiB/s", "1.23 k/s". */
export function rateParts(perSecond: number, unit: string): ValueParts {
  if (unit in TIME_UNITS) {
    const cores = (perSecond * TIME_UNITS[unit]) / 1e9;
    const { number, unit: prefix } = scaled(cores, cores !== 0 && Math.abs(cores) < SMALL_CORES ? SMALL : COUNTS);
    const space = COUNTS.some(({ name }) => name === prefix && name !== '') ? ' ' : '';
    return { number, unit: `${prefix}${space}${number === '1' ? 'core' : 'cores'}` };
  }
  const parts = valueParts(perSecond, unit);
  return { number: parts.number, unit: `${parts.unit}/s` };
}

export function formatRate(perSecond: number, unit: string): string {
  const { number, unit: name } = rateParts(perSecond, unit);
  return name.startsWith('/') ? `${number}${name}` : `${number} ${name}`;
}

/** A part of a whole: "12.4%", "0.29%", "<0.01%"; a dash where there is no whole. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return '–';
  const percent = (part / whole) * 100;
  const size = Math.abs(percent);
  if (size === 0) return '0%';
  if (size < 0.01) return `${percent < 0 ? '>−' : '<'}0.01%`;
  // Rounded to 100 % only where it is all: 99.96 % of a profile is not the profile.
  if (size < 100 && size >= 99.95) return `${sign(percent)}>99.9%`;
  return `${sign(percent)}${size >= 99.95 ? Math.round(size).toString() : size >= 9.995 ? size.toFixed(1) : size.toFixed(2)}%`;
}

/** A change of value with its sign: "+12.1 min", "−8.77 h", "±0". */
export function formatDelta(change: number, unit: string): string {
  if (change === 0) return '±0';
  const text = formatValue(Math.abs(change), unit);
  return (change > 0 ? '+' : MINUS) + text;
}

/** Change relative to where it began: "+26%", "−4.1%", "×12", "new", "gone". */
export function formatChange(before: number, after: number): string {
  if (before === after) return '±0%';
  if (before === 0) return 'new';
  if (after === 0) return 'gone';
  const ratio = after / before;
  if (ratio >= 10) return `×${digits(ratio)}`;
  const percent = (ratio - 1) * 100;
  const size = Math.abs(percent);
  const sized = size < 0.1 ? '<0.1' : size < 9.95 ? size.toFixed(1) : Math.round(size).toString();
  return `${percent > 0 ? '+' : MINUS}${sized}%`;
}

/** A change of share, in points of percent: "+1.2 pp". */
export function formatPoints(change: number): string {
  if (change === 0) return '±0 pp';
  const points = Math.abs(change * 100);
  return `${change > 0 ? '+' : MINUS}${points < 0.01 ? '<0.01' : points < 9.995 ? points.toFixed(2) : points.toFixed(1)} pp`;
}

/** Whole counts of things: "103,072". */
export function grouped(value: number): string {
  return (value < 0 ? MINUS : '') + GROUPED.format(Math.abs(value));
}

function scaled(value: number, scales: readonly Scale[]): ValueParts {
  const size = Math.abs(value);
  // What rounds up to the next unit is written in it: 999.96 ms is 1 s.
  let i = scales.length - 1;
  while (i > 0 && Number((size / scales[i].size).toPrecision(3)) < 1) i--;
  if (i + 1 < scales.length && Number((size / scales[i].size).toPrecision(3)) * scales[i].size >= scales[i + 1].size) i++;
  return { number: sign(value) + digits(size / scales[i].size), unit: scales[i].name };
}

/** Three digits that count, no more than the number has: 4.82, 57.7, 123, 1,234. */
function digits(size: number): string {
  if (size >= 999.5) return GROUPED.format(Math.round(size));
  const text = size.toPrecision(3);
  const plain = text.includes('e') ? Number(text).toString() : text;
  return Number.isInteger(size) ? size.toString() : plain;
}

function sign(value: number): string {
  return value < 0 ? MINUS : '';
}

function joined({ number, unit }: ValueParts): string {
  return unit === '' ? number : `${number} ${unit}`;
}
