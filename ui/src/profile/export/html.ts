import { colorTable, type ColorBy } from '../color-classes';
import type { ThemeColors } from '../colors';
import type { Frames } from '../frames';
import { escape } from './svg';
import { VIEWER_SCRIPT, VIEWER_STYLE } from './html-viewer';

export interface HtmlOptions {
  readonly title: string;
  readonly unit: string;
  readonly colorBy: ColorBy;
  readonly colors: ThemeColors;
}

/**
 * A page that stands alone: the tree as JSON columns in base64 (text in which no name can end the script), and a small viewer with zoom, hover and
 * search. It asks nobody for anything.
 */
export function toHtml(frames: Frames, { title, unit, colorBy, colors }: HtmlOptions): string {
  const table = colorTable(frames, colorBy, colors);
  const data = {
    title,
    unit,
    names: frames.names,
    name: Array.from(frames.name),
    depth: Array.from(frames.depth),
    self: Array.from(frames.self),
    total: Array.from(frames.total),
    color: Array.from(table.classOf),
    colors: table.swatches.map(({ fill, ink, faded, fadedInk }) => [fill, ink, faded, fadedInk]),
    background: colors.background,
    text: colors.weakInk,
    tick: colors.tick,
    folded: [...frames.folded],
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<title>${escape(title)}</title>
<style>:root{--background:${colors.background};--text:${colors.weakInk}}${VIEWER_STYLE}</style>
</head>
<body>
<header><h1>${escape(title)}</h1><input id="search" type="search" placeholder="Search: text or /regex/" aria-label="Search"><output id="found"></output></header>
<div id="graph" tabindex="0" aria-label="Flame graph"><canvas id="canvas"></canvas><div id="space"></div></div>
<footer id="status">Click zooms, Esc zooms out.</footer>
<script type="application/octet-stream" id="data">${base64(JSON.stringify(data))}</script>
<script>${VIEWER_SCRIPT}</script>
</body>
</html>
`;
}

function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 0x6000) parts.push(btoa(String.fromCharCode(...bytes.subarray(i, i + 0x6000))));
  return parts.join(''); // 0x6000 is divisible by three, so only the last part is padded
}
