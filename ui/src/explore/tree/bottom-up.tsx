import { useMemo, useState } from 'react';
import { askSandwich, sandwich } from '../../api/stacks';
import type { Decoder } from '../../api/use-answer';
import { useUiConfig } from '../../app/ui-config';
import type { Frames } from '../../profile/frames';
import { grouped } from '../../profile/units';
import { Failure, Pane } from '../../ui/states';
import { NoFunctions } from '../table/no-functions';
import { useFunctionPage } from '../table/use-function-page';
import { namesOf, type Branch } from './branches';
import type { TreeDirectionProps } from './top-down';
import { TreeGrid } from './tree-grid';
import { TreeTools } from './tree-tools';
import { useOpenBranches } from './use-open-branches';
import { useParts, type AskedParts } from './use-parts';

/** Functions of the first level. Those beyond are a search away, and all are in the table. */
const SHOWN = 1000;

const callers: Decoder<Frames> = { name: 'callers', decode: async (answer) => (await sandwich.decode(answer)).callers };

/** From functions up: under each one who called it, exact, asked for when it is opened. */
export function BottomUp(props: TreeDirectionProps) {
  const { target, state } = props;
  const { data, error, isFetching, refetch } = useFunctionPage(target, { sort: state.sort, offset: 0, limit: SHOWN, text: state.search });
  const { asked, canAsk } = useCallers(props);
  const roots = useMemo(
    () => data?.functions.map(({ name, self, total }): Branch => ({ key: name, name, self, total, frames: null, node: 0 })) ?? [],
    [data],
  );
  const open = useOpenBranches();
  if (error) return <Failure error={error} retry={refetch} />;
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
          <TreeGrid
            {...props}
            label="Functions and their callers"
            sorts={['name', 'self', 'total']}
            roots={roots}
            asked={asked}
            canAsk={canAsk}
            open={open}
            total={data.total}
          />
        ) : null}
      </Pane>
    </>
  );
}

/** Callers have no path to ask by: where some are folded, all callers of the function are asked for anew with the largest budget there is. */
function useCallers({ target }: TreeDirectionProps): { readonly asked: AskedParts; readonly canAsk: (key: string) => boolean } {
  const most = useUiConfig()?.maxNodesMax ?? null;
  const [whole, setWhole] = useState<ReadonlySet<string>>(new Set());
  const asked = useParts((fn) => askSandwich(target, fn, whole.has(fn) ? most : null), callers);
  const want = (key: string): void => {
    const [fn, ...above] = namesOf(key);
    if (above.length > 0) setWhole((before) => new Set([...before, fn]));
    else asked.want(fn);
  };
  return { asked: { ...asked, want }, canAsk: (key) => !whole.has(namesOf(key)[0]) };
}
