/** Style of an exported page. */
export const VIEWER_STYLE = `
body{margin:0;height:100vh;display:grid;grid-template-rows:auto 1fr auto;background:var(--background);color:var(--text);font:12px ui-monospace,monospace}
header,footer{display:flex;gap:12px;align-items:center;padding:6px 10px}
h1{font-size:13px;margin:0;flex:1;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
input{font:inherit;color:inherit;background:transparent;border:1px solid;border-radius:4px;padding:3px 6px;width:260px}
#graph{position:relative;overflow:hidden auto;min-height:0;cursor:pointer}
#canvas{position:sticky;top:0;display:block}
footer{min-height:1.4em;overflow:hidden;white-space:nowrap}`;

/**
 * The viewer of an exported page: plain JavaScript, because nothing compiles it there. The same idea as the renderer of the application, without
 * its speed: rows that are seen, a binary search to the first frame, nothing drawn below half a pixel.
 */
export const VIEWER_SCRIPT = String.raw`
'use strict';
const d = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(document.getElementById('data').textContent), (c) => c.charCodeAt(0))));
const n = d.name.length, start = new Float64Array(n), parent = new Int32Array(n).fill(-1), rows = [], open = [], edge = [];
for (let i = 0; i < n; i++) {
  const k = d.depth[i];
  if (k > 0) { parent[i] = open[k - 1]; start[i] = edge[k - 1]; edge[k - 1] += d.total[i]; }
  open[k] = i; edge[k] = start[i];
  (rows[k] = rows[k] || []).push(i);
}
const folded = new Map(d.folded), graph = document.getElementById('graph'), canvas = document.getElementById('canvas'), space = document.getElementById('space');
const found = document.getElementById('found'), status = document.getElementById('status'), H = 18;
let zoom = 0, test = null, hits = null;
const nameOf = (i) => (d.name[i] < 0 ? 'total' : d.names[d.name[i]]);
const share = (v) => (d.total[0] ? ((100 * v) / d.total[0]).toFixed(2) : '0') + '%';
const tell = (i) => nameOf(i) + ' · total ' + d.total[i].toLocaleString('en-US') + ' ' + d.unit + ' (' + share(d.total[i]) + ') · self ' + d.self[i].toLocaleString('en-US') + (folded.has(i) ? ' · ' + folded.get(i) + ' frames folded below' : '');
function first(row, value) {
  let low = 0, high = row.length;
  while (low < high) { const m = (low + high) >> 1; if (start[row[m]] + d.total[row[m]] > value) high = m; else low = m + 1; }
  return low;
}
function draw() {
  const w = graph.clientWidth, h = graph.clientHeight, ratio = devicePixelRatio || 1, c = canvas.getContext('2d');
  canvas.width = w * ratio; canvas.height = h * ratio; canvas.style.width = w + 'px'; canvas.style.height = h + 'px';
  space.style.height = Math.max(0, rows.length * H - h) + 'px';
  c.scale(ratio, ratio); c.fillStyle = d.background; c.fillRect(0, 0, w, h);
  c.font = '11px ui-monospace, monospace'; c.textBaseline = 'middle';
  const left = start[zoom], right = left + d.total[zoom], scale = w / (right - left || 1), character = c.measureText('0').width;
  for (let k = Math.floor(graph.scrollTop / H); k < rows.length && k * H - graph.scrollTop < h; k++) {
    const row = rows[k], y = k * H - graph.scrollTop;
    let painted = -1;
    for (let r = first(row, left); r < row.length && start[row[r]] < right; r++) {
      const i = row[r], x = Math.max(0, (start[i] - left) * scale), e = Math.min(w, (start[i] + d.total[i] - left) * scale);
      if (e - x < 0.5) { const p = Math.floor(x); if (p > painted) { painted = p; c.fillStyle = d.tick; c.fillRect(p, y, 1, H - 1); } continue; }
      const miss = hits && !hits[i], s = d.colors[d.color[i]];
      c.fillStyle = miss ? s[2] : s[0]; c.fillRect(x, y, Math.max(0.5, e - x - 0.7), H - 1);
      const room = Math.floor((e - x - 8) / character), name = nameOf(i);
      if (room >= 3) { c.fillStyle = miss ? s[3] : s[1]; c.fillText(name.length <= room ? name : name.slice(0, room - 1) + '…', x + 4, y + H / 2); }
    }
  }
}
function at(event) {
  const box = graph.getBoundingClientRect(), row = rows[Math.floor((event.clientY - box.top + graph.scrollTop) / H)];
  if (!row) return -1;
  const value = start[zoom] + ((event.clientX - box.left) / graph.clientWidth) * d.total[zoom], r = first(row, value);
  return r < row.length && start[row[r]] <= value ? row[r] : -1;
}
function search(text) {
  test = null;
  try { const m = /^\/(.+)\/$/.exec(text); test = text === '' ? null : m ? (x) => new RegExp(m[1], 'i').test(x) : (x) => x.toLowerCase().includes(text.toLowerCase()); if (test) test(''); } catch (e) { found.textContent = 'no regular expression'; return; }
  hits = null; found.textContent = '';
  if (test) {
    hits = new Uint8Array(n);
    let value = 0, under = 1e9; const functions = new Set();
    for (let i = 0; i < n; i++) {
      if (d.depth[i] <= under) under = 1e9;
      if (d.name[i] < 0 || !test(nameOf(i))) continue;
      hits[i] = 1; functions.add(d.name[i]);
      if (under === 1e9) { under = d.depth[i]; value += d.total[i]; }
    }
    found.textContent = functions.size + ' fn · ' + share(value);
  }
  draw();
}
graph.addEventListener('scroll', draw);
graph.addEventListener('pointermove', (e) => { const i = at(e); status.textContent = i < 0 ? '' : tell(i); });
graph.addEventListener('click', (e) => { const i = at(e); if (i >= 0) { zoom = i; draw(); } });
document.addEventListener('keydown', (e) => { if (e.key === 'Escape' && zoom > 0) { zoom = parent[zoom]; draw(); } });
document.getElementById('search').addEventListener('input', (e) => search(e.target.value));
addEventListener('resize', draw);
draw();
`;
