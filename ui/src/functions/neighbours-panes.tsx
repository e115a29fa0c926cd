import { Link } from 'wouter';
import { askSandwich, sandwich } from '../api/stacks';
import type { Target } from '../api/selection';
import { useAnswer } from '../api/use-answer';
import type { Frames } from '../profile/frames';
import { largestChildren, type Neighbour } from '../profile/neighbours';
import { parseProfileType } from '../profile/profile-type';
import { formatShare } from '../profile/units';
import { DataTable, type Column } from '../ui/data-table';
import { FunctionName } from '../ui/function-name';
import { Empty, Failure, Pane } from '../ui/states';
import { Value } from '../ui/value';
import type { FunctionsScope } from '../url/functions-state';
import { functionLink } from './function-columns';

const NODES = 8192;
const SHOWN = 500;

/** Who calls the function and what it calls, over all services, with the part of its total that goes each way. */
export function NeighboursPanes({ fn, target, state }: NeighboursPanesProps) {
  const { data, error, isFetching, refetch } = useAnswer(askSandwich(target, fn, NODES), sandwich, { keep: false });
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  const own: OneSide = { unit: parseProfileType(target.type).sampleUnit, state, isBusy: isFetching };
  return (
    <>
      <NeighboursPane {...own} title="Callers" frames={data?.callers ?? null} rest="began here" />
      <NeighboursPane {...own} title="Callees" frames={data?.callees ?? null} rest="self" />
    </>
  );
}

function NeighboursPane({ title, frames, rest, unit, state, isBusy }: NeighboursPaneProps) {
  const { largest, count } = frames ? largestChildren(frames, 0, SHOWN) : { largest: [], count: 0 };
  const whole = frames?.total[0] ?? 0;
  const folded = frames?.folded.get(0) ?? 0;
  return (
    <div className="function-pane">
      <h2>
        {title} <span className="unit">{frames ? count + folded : ''}</span>
        <span className="function-pane-note">
          {frames && whole > 0 ? `${rest} ${formatShare(frames.self[0], whole)}` : ''}
          {folded > 0 ? `, ${folded} small ones not shown` : ''}
        </span>
      </h2>
      <Pane busy={isBusy} label={title}>
        {frames && largest.length === 0 ? (
          <Empty title={title === 'Callers' ? 'Nothing calls it: stacks begin here.' : 'It calls nothing that was seen.'} />
        ) : (
          <DataTable label={title} columns={columns(whole, unit, state)} rows={largest} rowKey={(row) => String(row.node)} />
        )}
      </Pane>
    </div>
  );
}

function columns(whole: number, unit: string, state: FunctionsScope): readonly Column<Neighbour>[] {
  return [
    {
      id: 'name',
      title: 'Function',
      width: 'minmax(100px, 1fr)',
      render: ({ name }) => (
        <Link href={functionLink(name, state)} className="functions-name">
          <FunctionName name={name} />
        </Link>
      ),
    },
    { id: 'total', title: 'Total', width: '90px', numeric: true, render: ({ total }) => <Value value={total} unit={unit} /> },
    {
      id: 'share',
      title: 'Share',
      width: '68px',
      numeric: true,
      render: ({ total }) => <span className="unit">{formatShare(total, whole)}</span>,
    },
  ];
}

interface OneSide {
  readonly unit: string;
  readonly state: FunctionsScope;
  readonly isBusy: boolean;
}

interface NeighboursPaneProps extends OneSide {
  readonly title: 'Callers' | 'Callees';
  readonly frames: Frames | null;
  /** What the part of the total is called that no neighbour has. */
  readonly rest: string;
}

interface NeighboursPanesProps {
  readonly fn: string;
  readonly target: Target;
  readonly state: FunctionsScope;
}
