import { useDeferredValue, useState } from 'react';
import type { Target } from '../../api/selection';
import { formatShare } from '../../profile/units';
import { FunctionName } from '../../ui/function-name';
import { Listbox } from '../../ui/listbox';
import { useFunctionPage } from '../table/use-function-page';

const SHOWN = 50;

/** A field that finds functions of the selection as one types, largest total first. */
export function FunctionSearch({ target, onPick }: { readonly target: Target; readonly onPick: (fn: string) => void }) {
  const [text, setText] = useState('');
  const asked = useDeferredValue(text);
  const { data, error, isFetching } = useFunctionPage(target, { sort: 'total', offset: 0, limit: SHOWN, text: asked });
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
