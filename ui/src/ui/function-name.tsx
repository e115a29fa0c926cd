import { splitName } from './split-name';
import './function-name.css';

/** A function's name with its package dim and itself bright; shortened at the front, since the end tells functions apart. */
export function FunctionName({ name }: { readonly name: string }) {
  const at = splitName(name);
  return (
    <span className="function-name" title={name}>
      <span className="function-name-package">{name.slice(0, at)}</span>
      <span className="function-name-own">{name.slice(at)}</span>
    </span>
  );
}
