import { useDeferredValue, useState } from 'react';
import { askFunctions, functionPage } from '../../api/functions';
import type { Target } from '../../api/selection';
import { useAnswer } from '../../api/use-answer';
import { formatShare } from '../../profile/units';
import { FunctionName } from '../../ui/function-name';
import { Listbox } from '../../ui/listbox';
import { serverSearch } from '../table/server-search';

const SHOWN = 50;

/** A field that finds functions of the selection as one types, largest total first. */
export function FunctionSearch({ target, onPick }: { readonly target: Target; readonly onPick: (fn: string) => void }) {
  const [text, setText] = useState('');
  const asked = useDeferredValue(text);
  const { data, error, isFetching } = useAnswer(
    askFunctions(target, { sort: 'total', offset: 0, limit: SHOWN, ...serverSearch(asked) }),
    functionPage,
  );
  const items = data?.functions.map((row) => ({ ...row, id: row.name })) ?? [];
  return (
    <Listbox
      label="Function"
      placeholder="A function: text or /regex/"
      text={text}
      onText={setText}
      items={items}
      render={({ name, total }) => (
        <>
          <FunctionName name={name} />
          <span className="num unit">{formatShare(total, data?.total ?? 0)}</span>
        </>
      )}
      onChoose={({ name }) => onPick(name)}
      empty={error ? error.message : isFetching ? 'Asking …' : `No function matches “${asked}”.`}
    />
  );
}
