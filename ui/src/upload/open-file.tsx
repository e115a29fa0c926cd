import { useState } from 'react';
import { Link } from 'wouter';
import { askSideFlameGraph } from '../api/compare';
import { askFileFunctions, fileFunctions } from '../api/file-functions';
import { flameGraph } from '../api/stacks';
import { useAnswer } from '../api/use-answer';
import { usePreferences } from '../app/preferences';
import { useTheme } from '../app/theme';
import { SearchBox } from '../explore/tools/search-box';
import { useSearch } from '../explore/use-search';
import { FlameGraph } from '../flame/flame-graph';
import { findPath, nameOf, pathOf, type Frames } from '../profile/frames';
import { nodesNamed } from '../profile/named';
import { formatValue } from '../profile/units';
import { Failure, Pane } from '../ui/states';
import { Select } from '../ui/select';
import { compareHref, serviceSelector } from '../url/links';
import type { UploadState } from '../url/upload-state';
import type { Change } from '../url/use-url-state';
import { FileFrameMenu, type FrameAt } from './file-frame-menu';
import { FileTable } from './file-table';
import './open-file.css';

const NODES = 100_000;

/** The graph and the exact table of an uploaded file. */
export function OpenFile({ file, name, state, change }: OpenFileProps) {
  const table = useAnswer(askFileFunctions(file, state.type), fileFunctions);
  const type = state.type || (table.data?.types[0] ?? '');
  const graph = useAnswer(table.data ? askSideFlameGraph({ kind: 'file', id: file, type }, NODES) : null, flameGraph);
  const search = useSearch(graph.data ?? null, state.search);
  const error = table.error ?? graph.error;
  const unit = table.data?.unit ?? '';
  return (
    <section className="open-file" aria-label={name}>
      <div className="open-file-tools">
        <h1 title={name}>{name}</h1>
        {table.data ? <TypePick types={table.data.types} type={type} change={change} /> : null}
        <span className="num unit">{table.data ? `${formatValue(table.data.total, unit)} in all` : ''}</span>
        <SearchBox
          text={state.search}
          onText={(text) => change({ search: text }, { replace: true })}
          found={search.found}
          wrong={search.wrong}
          onStep={search.step}
        />
        <ProductionLink file={file} type={type} />
      </div>
      {error ? (
        <Failure error={error} retry={() => void Promise.all([table.refetch(), graph.refetch()])} />
      ) : (
        <div className="open-file-work">
          {table.data ? (
            <FileTable answer={table.data} fn={state.fn} search={state.search} onChoose={(fn) => change({ fn }, { replace: true })} />
          ) : (
            <div />
          )}
          <Pane busy={graph.isFetching} label="Flame graph" className="open-file-graph">
            {graph.data ? (
              <Graph frames={graph.data} unit={unit} state={state} change={change} hits={search.hits} hit={search.current} />
            ) : null}
          </Pane>
        </div>
      )}
    </section>
  );
}

function Graph({ frames, unit, state, change, hits, hit }: GraphProps) {
  const theme = useTheme();
  const [menu, setMenu] = useState<FrameAt | null>(null);
  const selected = hit ?? (state.fn === null ? null : (nodesNamed(frames, state.fn).at(0) ?? null));
  return (
    <>
      <FlameGraph
        frames={frames}
        zoom={Math.max(0, findPath(frames, state.zoom))}
        onZoom={(node) => change({ zoom: node === 0 ? [] : pathOf(frames, node) })}
        selected={selected}
        onSelect={(node) => change({ fn: node === null || node === 0 ? null : nameOf(frames, node) }, { replace: true })}
        onHover={() => undefined}
        hits={hits}
        colorBy="package"
        direction="icicle"
        theme={theme}
        unit={unit}
        onMenu={(node, x, y) => setMenu({ x, y, fn: nameOf(frames, node), path: pathOf(frames, node) })}
      />
      <FileFrameMenu at={menu} change={change} close={() => setMenu(null)} />
    </>
  );
}

function TypePick({ types, type, change }: { readonly types: readonly string[]; readonly type: string } & Pick<OpenFileProps, 'change'>) {
  if (types.length < 2) return <span className="open-file-type">{type}</span>;
  return (
    <Select
      label="Profile"
      hideLabel
      value={type}
      options={types.map((t) => [t, t] as const)}
      onChange={(next) => change({ type: next, zoom: [] })}
    />
  );
}

/** The file as B against the service that was looked at last; Compare lets one choose another. */
function ProductionLink({ file, type }: { readonly file: string; readonly type: string }) {
  const service = usePreferences((p) => p.recentServices).at(0);
  return (
    <Link className="button" href={compareHref(service === undefined ? {} : { selector: serviceSelector(service) }, { file, type })}>
      Compare with {service ?? 'a service'}
    </Link>
  );
}

interface GraphProps extends Pick<OpenFileProps, 'state' | 'change'> {
  readonly frames: Frames;
  readonly unit: string;
  readonly hits: Uint8Array | null;
  readonly hit: number | null;
}

interface OpenFileProps {
  readonly file: string;
  readonly name: string;
  readonly state: UploadState;
  change(patch: Partial<UploadState>, change?: Change): void;
}
