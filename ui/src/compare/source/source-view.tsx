import { askSideLines } from '../../api/compare';
import { functionLines, type FunctionLines } from '../../api/lines';
import { useAnswer } from '../../api/use-answer';
import { Empty, Failure, Pane } from '../../ui/states';
import type { CompareViewProps } from '../compare-views';
import { joinSides } from '../two-sided';
import { TwoSidedTable } from '../two-sided-table';
import '../two-sided.css';

/** The lines of a function on both sides, by file. Lines move between versions: a number is that of its own side's file. */
export default function SourceView({ comparison, ranked, state }: CompareViewProps) {
  const { fn } = state;
  const left = useAnswer(fn === null ? null : askSideLines(comparison.left, fn), functionLines);
  const right = useAnswer(fn === null ? null : askSideLines(comparison.right, fn), functionLines);
  const { changes, scale } = ranked;
  if (fn === null) return <Empty title="Whose lines? Choose a function in the list of changes." />;
  const error = left.error ?? right.error;
  if (error) return <Failure error={error} retry={() => void Promise.all([left.refetch(), right.refetch()])} />;
  const rows = (by: 'self' | 'total') =>
    left.data && right.data && scale ? joinSides(lines(left.data, by), lines(right.data, by), scale) : [];
  return (
    <Pane busy={left.isFetching || right.isFetching} label="Lines on both sides">
      <div className="two-sided-view">
        <h2>{fn}</h2>
        {changes && scale && left.data && right.data ? (
          <div className="two-sided-tables">
            <TwoSidedTable
              title="Total per line"
              first="Line"
              rows={rows('total')}
              changes={changes}
              scale={scale}
              name={(r) => r.key}
              empty="Neither side has the function."
            />
            <TwoSidedTable
              title="Self per line"
              first="Line"
              rows={rows('self').filter((r) => r.left + r.right > 0)}
              changes={changes}
              scale={scale}
              name={(r) => r.key}
              empty="All of it is in what it calls."
            />
          </div>
        ) : null}
      </div>
    </Pane>
  );
}

function lines(of: FunctionLines, by: 'self' | 'total'): readonly (readonly [string, number])[] {
  return of.files.flatMap(({ file, lines: known, unknown }) => [
    ...known.map((line) => [`${file || 'unknown file'}:${line.line}`, line[by]] as const),
    ...(unknown[by] > 0 ? [[`${file || 'unknown file'}: unknown line`, unknown[by]] as const] : []),
  ]);
}
