import { colorTable, type ColorBy } from '../color-classes';
import type { ThemeColors } from '../colors';
import { nameOf, type Frames } from '../frames';
import { partsOf } from '../packages';
import { formatExact, formatShare, formatValue } from '../units';

export interface SvgOptions {
  readonly title: string;
  readonly unit: string;
  readonly colorBy: ColorBy;
  readonly colors: ThemeColors;
  /** Pixels. */
  readonly width: number;
}

const ROW = 18;
const HEAD = 40;
const CHARACTER = 6.6; // of the 11 px monospaced font
const PIXELS_MIN = 0.3; // narrower frames are left out: a picture has no zoom

/** A picture that stands alone: bars with labels, and a tooltip each where it is shown by a browser. Icicle, as on the page. */
export function toSvg(frames: Frames, options: SvgOptions): string {
  const { title, unit, colors, width } = options;
  const table = colorTable(frames, options.colorBy, colors);
  const whole = frames.total[0];
  const scale = whole > 0 ? width / whole : 0;
  const bars: string[] = [];
  let rows = 1;
  for (let node = 0; node < frames.count; node++) {
    const w = frames.total[node] * scale;
    if (w < PIXELS_MIN) continue;
    rows = Math.max(rows, frames.depth[node] + 1);
    const x = frames.start[node] * scale;
    const y = HEAD + frames.depth[node] * ROW;
    const swatch = table.swatches[table.classOf[node]];
    const name = nameOf(frames, node);
    const tip = `${name}: ${formatExact(frames.total[node], unit)}, ${formatShare(frames.total[node], whole)}; self ${formatExact(frames.self[node], unit)}`;
    const rect = `<rect x="${x.toFixed(2)}" y="${y}" width="${Math.max(0.2, w - 0.6).toFixed(2)}" height="${ROW - 1}" fill="${swatch.fill}"/>`;
    bars.push(`<g><title>${escape(tip)}</title>${rect}${label(name, x, y, w, swatch.ink)}</g>`);
  }
  const height = HEAD + rows * ROW + 8;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="JetBrains Mono, ui-monospace, monospace" font-size="11">`,
    `<rect width="100%" height="100%" fill="${colors.background}"/>`,
    `<text x="6" y="24" font-size="14" fill="${colors.weakInk}">${escape(title)} · ${escape(formatValue(whole, unit))}</text>`,
    ...bars,
    '</svg>\n',
  ].join('\n');
}

function label(name: string, x: number, y: number, width: number, ink: string): string {
  const room = Math.floor((width - 8) / CHARACTER);
  if (room < 3) return '';
  const bare = name.length <= room ? name : name.slice(partsOf(name).functionAt);
  const text = bare.length <= room ? bare : `${bare.slice(0, room - 1)}…`;
  return `<text x="${(x + 4).toFixed(2)}" y="${y + 12.5}" fill="${ink}">${escape(text)}</text>`;
}

/** Text for XML: no markup, and none of the control characters that XML does not allow. */
export function escape(text: string): string {
  return text
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '\ufffd',
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
