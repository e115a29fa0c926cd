import fc from 'fast-check';
import { expect, test } from 'vitest';
import { functionsCsv } from '../../../src/explore/table/csv';

test('a header with units, a line per function', () => {
  expect(functionsCsv([{ name: 'main', self: 1, total: 20 }], 'nanoseconds')).toBe(
    'function,self nanoseconds,total nanoseconds\r\nmain,1,20\r\n',
  );
});

test('any name comes back from a reader of RFC 4180', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ name: fc.string(), self: fc.nat(), total: fc.nat() })), (rows) => {
      const read = readCsv(functionsCsv(rows, 'bytes')).slice(1);
      expect(read).toEqual(rows.map((row) => [row.name, String(row.self), String(row.total)]));
    }),
  );
});

/** The plainest reader there is: a state per character. */
function readCsv(text: string): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (quoted && text[i] === '"' && text[i + 1] === '"') field += text[i++];
    else if (text[i] === '"') quoted = !quoted;
    else if (!quoted && text[i] === ',') {
      line.push(field);
      field = '';
    } else if (!quoted && text.startsWith('\r\n', i)) {
      lines.push([...line, field]);
      line = [];
      field = '';
      i++;
    } else field += text[i];
  }
  return lines;
}
