import type { FunctionRow } from '../../api/functions';

/** RFC 4180, values in the unit of the profile type. Shares can be had from them, so they are not repeated. */
export function functionsCsv(rows: readonly FunctionRow[], unit: string): string {
  const lines = rows.map((row) => `${field(row.name)},${row.self},${row.total}`);
  return [`function,${field(`self ${unit}`)},${field(`total ${unit}`)}`, ...lines, ''].join('\r\n');
}

function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
