/** Ticks from 0 to the first at or above `max`: multiples of 1, 2 or 5 times a power of ten, of powers of two for bytes. */
export function axisTicks(max: number, wanted: number, binary: boolean): readonly number[] {
  if (!(max > 0) || !Number.isFinite(max)) return [0, 1];
  const rough = max / Math.max(1, wanted);
  const step = binary ? 2 ** Math.ceil(Math.log2(rough)) : niceStep(rough);
  const count = Math.ceil(max / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, i) => i * step);
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((digit) => digit * power >= rough * (1 - 1e-9)) ?? 10;
  return step * power;
}
