import { StatusLine } from '../ui/status-line';
import type { ChangesResult } from './use-compare';
import { formatValue } from '../profile/units';

const KEYS = [
  ['/', 'search'],
  ['Enter', 'zoom'],
  ['s', 'sandwich'],
  ['[', 'back'],
  ['?', 'keys'],
] as const;

export function CompareStatus({ ranked }: { readonly ranked: ChangesResult }) {
  const { changes, scale } = ranked;
  return (
    <StatusLine keys={KEYS}>
      {changes ? (
        <>
          <span>A {formatValue(changes.left.total, changes.left.unit)}</span>
          <span>B {formatValue(changes.right.total, changes.right.unit)}</span>
          <span>{changes.functionCount} functions</span>
        </>
      ) : null}
      {scale ? <span>{scale.why}</span> : null}
    </StatusLine>
  );
}
