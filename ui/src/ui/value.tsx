import { formatExact, rateParts, valueParts, type ValueParts } from '../profile/units';

/** A value with its unit dimmed; all its digits when pointed at. */
export function Value({ value, unit }: { readonly value: number; readonly unit: string }) {
  return <span title={formatExact(value, unit)}>{parts(valueParts(value, unit))}</span>;
}

/** A value per second. */
export function Rate({ perSecond, unit }: { readonly perSecond: number; readonly unit: string }) {
  return <>{parts(rateParts(perSecond, unit))}</>;
}

function parts({ number, unit }: ValueParts) {
  if (unit === '') return number;
  return (
    <>
      {number}
      <span className="unit">{unit.startsWith('/') ? unit : ` ${unit}`}</span>
    </>
  );
}
