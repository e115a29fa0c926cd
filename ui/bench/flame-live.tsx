// A flame graph alone on the page, for looking at it: ?query=…&theme=…&by=…&direction=…, from the server behind the dev proxy.
import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import { useState, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import type { ColorBy } from '../src/profile/color-classes';
import { COLUMNAR, readColumnar } from '../src/profile/columnar';
import type { Frames } from '../src/profile/frames';
import { FlameGraph } from '../src/flame/flame-graph';
import '../src/styles/palette.css';
import '../src/styles/roles.css';

const asked = new URLSearchParams(location.search);
const theme = asked.get('theme') === 'light' ? 'light' : 'dark';

function Page({ frames }: { frames: Frames }): ReactElement {
  const [zoom, setZoom] = useState(Number(asked.get('zoom') ?? 0));
  const [selected, setSelected] = useState<number | null>(null);
  return (
    <div style={{ height: '100vh' }}>
      <FlameGraph
        frames={frames}
        zoom={zoom}
        onZoom={setZoom}
        selected={selected}
        onSelect={setSelected}
        onHover={(node) => (document.title = String(node))}
        hits={null}
        colorBy={(asked.get('by') ?? 'package') as ColorBy}
        direction={asked.get('direction') === 'flame' ? 'flame' : 'icicle'}
        theme={theme}
        unit="nanoseconds"
        onMenu={(node, x, y) => console.log('menu', node, x, y)}
      />
    </div>
  );
}

document.documentElement.dataset['theme'] = theme;
document.body.style.margin = '0';
const parameters = new URLSearchParams({
  query: asked.get('query') ?? 'process_cpu:cpu:nanoseconds:cpu:nanoseconds{}',
  from: 'now-2h',
  maxNodes: '16384',
});
const response = await fetch(`/api/v1/flamegraph?${parameters}`, { headers: { accept: COLUMNAR } });
if (!response.ok) throw new Error(await response.text());
const [frames] = readColumnar(new Uint8Array(await response.arrayBuffer()));
createRoot(document.getElementById('root')!).render(<Page frames={frames} />);
