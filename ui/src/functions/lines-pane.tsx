import { askLines, functionLines, type FileLines } from '../api/lines';
import type { Target } from '../api/selection';
import { useAnswer } from '../api/use-answer';
import { fileName, heated, type HeatedLine } from '../explore/source/line-heat';
import { parseProfileType } from '../profile/profile-type';
import { DataTable, type Column } from '../ui/data-table';
import { Empty, Failure, Pane } from '../ui/states';
import { Value } from '../ui/value';

interface Row extends HeatedLine {
  readonly file: FileLines;
}

/** What each line of the function costs, in the order of its files. */
export function LinesPane({ fn, target }: { readonly fn: string; readonly target: Target }) {
  const { data, error, isFetching, refetch } = useAnswer(askLines(target, fn), functionLines, { keep: false });
  const rows = (data?.files ?? []).flatMap((file) => heated(file.lines).map((line) => ({ ...line, file })));
  const unit = parseProfileType(target.type).sampleUnit;
  return (
    <div className="function-pane">
      <h2>
        Lines <span className="function-pane-note">{[...new Set(data?.files.map(({ file }) => fileName(file)))].join(', ')}</span>
      </h2>
      {error ? (
        <Failure error={error} retry={() => void refetch()} />
      ) : (
        <Pane busy={isFetching} label="Lines">
          {data && rows.length === 0 ? (
            <Empty title="The profiles name no lines of it." />
          ) : (
            <DataTable label="Lines" columns={columns(unit)} rows={rows} rowKey={({ file, line }) => `${file.file}:${line}`} />
          )}
        </Pane>
      )}
    </div>
  );
}

function columns(unit: string): readonly Column<Row>[] {
  return [
    {
      id: 'heat',
      title: 'Heat',
      hideTitle: true,
      width: '46px',
      render: ({ heat }) => <div className="function-heat" style={{ width: `${heat * 100}%` }} />,
    },
    {
      id: 'line',
      title: 'Line',
      width: 'minmax(80px, 1fr)',
      render: ({ file, line }) => <span className="function-line" title={file.file}>{`${fileName(file.file)}:${line}`}</span>,
    },
    { id: 'self', title: 'Self', width: '86px', numeric: true, render: ({ self }) => self > 0 && <Value value={self} unit={unit} /> },
    { id: 'total', title: 'Total', width: '86px', numeric: true, render: ({ total }) => <Value value={total} unit={unit} /> },
  ];
}
