import { formatValue } from '../profile/units';

/** A value with its unit dimmed. */
export function Value({ value, unit }: { readonly value: number; readonly unit: string }) {
  return <Quantity text={formatValue(value, unit)} />;
}

/** `1.46 h`: the number, and what follows it dimmed. */
export function Quantity({ text }: { readonly text: string }) {
  const space = text.lastIndexOf(' ');
  if (space < 0) return <>{text}</>;
  return (
    <>
      {text.slice(0, space)}
      <span className="unit">{text.slice(space)}</span>
    </>
  );
}
