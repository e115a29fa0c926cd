/** A slice between two angles, in turns from 12 o'clock, clockwise. */
export interface Slice {
  readonly from: number;
  readonly until: number;
}

/** Slices in proportion to values, in their order, that fill the circle. */
export function pieSlices(values: readonly number[]): readonly Slice[] {
  const total = values.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  return values.map((value) => {
    const from = total > 0 ? sum / total : 0;
    sum += value;
    return { from, until: total > 0 ? sum / total : 0 };
  });
}

/** An SVG path of a slice of a ring around 0,0. A whole ring is two half ones: an arc cannot end where it begins. */
export function slicePath({ from, until }: Slice, inner: number, outer: number): string {
  if (until - from >= 1 - 1e-9) {
    return `${slicePath({ from: 0, until: 0.5 }, inner, outer)}${slicePath({ from: 0.5, until: 1 - 1e-6 }, inner, outer)}`;
  }
  const large = until - from > 0.5 ? 1 : 0;
  const point = (turn: number, radius: number): string => {
    const angle = turn * 2 * Math.PI;
    return `${round(Math.sin(angle) * radius)} ${round(-Math.cos(angle) * radius)}`;
  };
  return `M${point(from, outer)}A${outer} ${outer} 0 ${large} 1 ${point(until, outer)}L${point(until, inner)}A${inner} ${inner} 0 ${large} 0 ${point(from, inner)}Z`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
