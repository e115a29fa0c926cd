// Compresses each file of a built user interface once, as brotli where that pays: ui-pack.mjs FROM TO
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const [from, to] = process.argv.slice(2);
rmSync(to, { recursive: true, force: true });
let plain = 0, packed = 0, count = 0;
for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const file = join(entry.parentPath, entry.name), name = relative(from, file);
  if (name.endsWith('.map')) continue;
  const bytes = readFileSync(file);
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  // Fonts and pictures are compressed already; index.html is changed by the server, but is small.
  const pays = brotli.length < 0.95 * bytes.length;
  const target = join(to, pays ? `${name}.br` : name);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, pays ? brotli : bytes);
  plain += bytes.length, packed += pays ? brotli.length : bytes.length, count++;
}
console.log(`ui: ${count} files, ${plain} bytes, packed ${packed}`);
