import { useMemo } from 'react';
import { askFunctions, functionPage } from '../../api/functions';
import { askSandwich, sandwich } from '../../api/stacks';
import { useAnswer, type Decoder } from '../../api/use-answer';
import type { Frames } from '../../profile/frames';
import { grouped } from '../../profile/units';
import { Failure, Pane } from '../../ui/states';
import { NoFunctions } from '../table/no-functions';
import { serverSearch } from '../table/server-search';
import type { ViewProps } from '../view-props';
import type { Branch } from './branches';
import { TreeGrid } from './tree-grid';
import { TreeTools } from './tree-tools';
import { useOpenBranches } from './use-open-branches';
import { useParts } from './use-parts';

/** Functions of the first level. Those beyond are a search away, and all are in the table. */
const SHOWN = 1000;

const callers: Decoder<Frames> = { name: 'callers', decode: async (answer) => (await sandwich.decode(answer)).callers };

/** From functions up: under each one who called it, exact, asked for when it is opened. */
export function BottomUp(props: ViewProps) {
  const { target, state } = props;
  const { data, error, isFetching, refetch } = useAnswer(
    askFunctions(target, { sort: state.sort, offset: 0, limit: SHOWN, ...serverSearch(state.search) }),
    functionPage,
  );
  const asked = useParts((fn) => askSandwich(target, fn, null), callers);
  const roots = useMemo(
    () => data?.functions.map(({ name, self, total }): Branch => ({ key: name, name, self, total, frames: null, node: 0 })) ?? [],
    [data],
  );
  const open = useOpenBranches();
  if (error) return <Failure error={error} retry={() => void refetch()} />;
  const more = data ? data.matchCount - data.functions.length : 0;
  return (
    <>
      <TreeTools
        {...props}
        note={more > 0 ? `${grouped(more)} smaller functions are not listed; search finds them` : ''}
        onCollapse={open.clear}
      />
      <Pane busy={isFetching || asked.isBusy} label="Callers of functions">
        {data?.matchCount === 0 ? (
          <NoFunctions {...props} isEmpty={data.functionCount === 0} />
        ) : data ? (
          <TreeGrid {...props} label="Functions and their callers" roots={roots} asked={asked} open={open} total={data.total} />
        ) : null}
      </Pane>
    </>
  );
}
