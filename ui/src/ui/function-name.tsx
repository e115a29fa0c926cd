import { partsOf } from '../profile/packages';
import './function-name.css';

/** A function's name in one line: its package dimmed, and the first to be cut where there is too little room. */
export function FunctionName({ name }: { readonly name: string }) {
  const { functionAt } = partsOf(name);
  return (
    <span className="function-name" title={name}>
      {functionAt > 0 ? <span className="function-name-package">{name.slice(0, functionAt)}</span> : null}
      <span className="function-name-own">{name.slice(functionAt)}</span>
    </span>
  );
}
