// A flame graph alone on the page, for looking at it, from the server behind the dev proxy: ?query=…&theme=…&by=…&direction=…&search=…&nodes=…
// `diff` compares the last hour with the one before; folded parts open by click.
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import { useMemo, useState, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import type { ColorBy } from '../src/profile/color-classes';
import { COLUMNAR } from '../src/profile/columnar';
import { diffFrames } from '../src/profile/diff-frames';
import { toHtml } from '../src/profile/export/html';
import { toSvg } from '../src/profile/export/svg';
import { pathOf, type Frames } from '../src/profile/frames';
import { graft } from '../src/profile/graft';
import { search } from '../src/profile/search';
import { toPng } from '../src/flame/export-png';
import { FlameGraph } from '../src/flame/flame-graph';
import { model } from '../src/flame/model';
import { themeColors } from '../src/flame/theme-colors';
import '../src/styles/palette.css';
import '../src/styles/roles.css';

const asked = new URLSearchParams(location.search);
const theme = asked.get('theme') === 'light' ? 'light' : 'dark';

function Page({ first }: { readonly first: Frames }): ReactElement {
  const [frames, setFrames] = useState(first);
  const [zoom, setZoom] = useState(Number(asked.get('zoom') ?? 0));
  const [selected, setSelected] = useState<number | null>(null);
  const text = asked.get('search');
  const hits = useMemo(() => (text === null ? null : search(frames, text).hits), [frames, text]);
  const expand = async (node: number) => setFrames(graft(frames, node, await load(pathOf(frames, node))));
  return (
    <div style={{ height: '100vh' }}>
      <FlameGraph
        frames={frames}
        zoom={zoom}
        onZoom={setZoom}
        selected={selected}
        onSelect={setSelected}
        onHover={(node) => (document.title = String(node))}
        hits={hits}
        colorBy={(asked.get('by') ?? 'package') as ColorBy}
        direction={asked.get('direction') === 'flame' ? 'flame' : 'icicle'}
        theme={theme}
        unit="nanoseconds"
        onExpand={(node) => void expand(node)}
        onMenu={(node, x, y) => console.log('menu', node, x, y)}
      />
    </div>
  );
}

document.documentElement.dataset['theme'] = theme;
document.body.style.margin = '0';

async function load(path: readonly string[]): Promise<Frames> {
  const query = asked.get('query') ?? 'process_cpu:cpu:nanoseconds:cpu:nanoseconds{}';
  const diff = asked.has('diff');
  const parameters = new URLSearchParams({ query, maxNodes: asked.get('nodes') ?? '16384' });
  if (!diff) parameters.set('from', 'now-2h');
  else
    for (const [name, value] of Object.entries({ leftFrom: 'now-2h', leftUntil: 'now-1h', rightFrom: 'now-1h', rightUntil: 'now' }))
      parameters.set(name, value);
  for (const name of path) parameters.append('path', name);
  const response = await fetch(`/api/v1/flamegraph${diff ? '/diff' : ''}?${parameters}`, { headers: { accept: COLUMNAR } });
  if (!response.ok) throw new Error(await response.text());
  const trees = await model().decode(new Uint8Array(await response.arrayBuffer()));
  return diff ? diffFrames(trees[0], trees[1]) : trees[0];
}

Object.assign(window, { exports: { toSvg, toHtml, toPng, themeColors } });
const first = await load([]);
Object.assign(window, { frames: first });
createRoot(document.getElementById('root')!).render(<Page first={first} />);
