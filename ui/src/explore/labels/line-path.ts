import { isValue, type Column } from '../../profile/timeline';

/** SVG path of a column in a box; gaps break it, and a value between two gaps is a dot. `top` is at the upper edge. */
export function linePath(column: Column, top: number, width: number, height: number): string {
  const dx = column.length > 1 ? width / (column.length - 1) : 0;
  const y = (value: number): number => Math.round((height - (top > 0 ? value / top : 0) * height) * 10) / 10;
  let path = '';
  column.forEach((value, at) => {
    if (!isValue(value)) return;
    const x = Math.round(at * dx * 10) / 10;
    const goesOn = at > 0 && isValue(column[at - 1]);
    const isLone = !goesOn && (at === column.length - 1 || !isValue(column[at + 1]));
    path += goesOn ? `L${x} ${y(value)}` : `M${x} ${y(value)}`;
    if (isLone) path += 'h.1';
  });
  return path;
}
