import type { LineCost } from '../../api/lines';
import { heated } from './line-heat';

export interface SourceRow {
  /** From 1. */
  readonly line: number;
  /** Null where the file is not here. */
  readonly code: string | null;
  readonly self: number;
  readonly total: number;
  /** 0 to 1. */
  readonly heat: number;
}

/** Every line of the file with its cost, or the lines with a cost alone where there is no file. */
export function sourceRows(costs: readonly LineCost[], text: string | null): readonly SourceRow[] {
  const hot = heated(costs);
  if (text === null) return hot.map((line) => ({ ...line, code: null }));
  const byLine = new Map(hot.map((line) => [line.line, line]));
  const code = text.split(/\r?\n/);
  if (code.at(-1) === '') code.pop();
  return code.map((line, i) => ({ line: i + 1, code: line, ...cost(byLine.get(i + 1)) }));
}

function cost(line: { readonly self: number; readonly total: number; readonly heat: number } | undefined) {
  return { self: line?.self ?? 0, total: line?.total ?? 0, heat: line?.heat ?? 0 };
}

/** Lines that the profile names and the file does not have: the file is another than the one that ran. */
export function beyond(costs: readonly LineCost[], rows: readonly SourceRow[]): number {
  return costs.filter((line) => line.line > rows.length).length;
}

/** Index of the hottest row; 0 where nothing is warm. */
export function hottestRow(rows: readonly SourceRow[]): number {
  let best = 0;
  for (const [i, row] of rows.entries()) if (row.heat > rows[best].heat) best = i;
  return best;
}
