import { useMemo, useState, type ReactNode } from 'react';
import { askFunction } from '../../api/function-details';
import { functionPage } from '../../api/functions';
import type { FunctionLines } from '../../api/lines';
import { useAnswer } from '../../api/use-answer';
import { Empty } from '../../ui/states';
import { Value } from '../../ui/value';
import type { ViewProps } from '../view-props';
import { CodeLines } from './code-lines';
import { SourceNotice } from './source-notice';
import { beyond, sourceRows } from './source-rows';
import { useSourceFile } from './use-source-file';

export interface FunctionSourceProps extends ViewProps {
  readonly fn: string;
  readonly lines: FunctionLines;
  readonly picker: ReactNode;
}

/** The lines of a function, in the file where it costs most unless another is chosen. */
export function FunctionSource({ target, unit, fn, lines, picker }: FunctionSourceProps) {
  const [chosen, setChosen] = useState(0);
  const all = useAnswer(askFunction(target, fn), functionPage).data?.total ?? 0;
  const file = lines.files.at(chosen) ?? lines.files.at(0);
  const place = lines.repositories.find((r) => r.repository !== '') ?? null;
  const source = useSourceFile(place && file?.file ? { ...place, file: file.file, fn } : null);
  const rows = useMemo(() => sourceRows(file?.lines ?? [], source.file?.text ?? null), [file, source.file]);
  const missing = source.file && file ? beyond(file.lines, rows) : 0;
  return (
    <div className="source">
      <div className="source-tools">
        {picker}
        {lines.files.length > 1 ? (
          <select
            className="field source-files"
            aria-label="File"
            value={chosen}
            onChange={(event) => setChosen(Number(event.target.value))}
          >
            {lines.files.map(({ file: path }, i) => (
              <option key={path} value={i}>
                {path || 'unknown file'}
              </option>
            ))}
          </select>
        ) : (
          <span className="source-path">{file?.file ?? ''}</span>
        )}
        {source.file?.url ? (
          <a href={source.file.url} target="_blank" rel="noreferrer">
            Open the file
          </a>
        ) : null}
        {file && file.unknown.total > 0 ? (
          <span className="source-unknown">
            <Value value={file.unknown.total} unit={unit} /> on lines that are not known
          </span>
        ) : null}
      </div>
      <SourceNotice lines={lines} source={source} repository={place?.repository ?? null} />
      {missing > 0 ? <p className="source-notice">The file has fewer lines than the profile names: another version ran.</p> : null}
      {rows.length > 0 ? (
        <CodeLines rows={rows} total={all} unit={unit} />
      ) : (
        <Empty title={lines.found ? 'The profiles name no lines of this function.' : 'No stack of this selection has the function.'}>
          {lines.found ? 'Agents that send line numbers show them here; native and JIT code needs its debug information.' : null}
        </Empty>
      )}
    </div>
  );
}
