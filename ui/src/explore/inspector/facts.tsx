import type { ReactNode } from 'react';
import './facts.css';

/** Named values in two columns: the value, and its share. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="facts">{children}</dl>;
}

export function Fact({ name, value, share }: { readonly name: string; readonly value?: ReactNode; readonly share?: ReactNode }) {
  return (
    <div className="facts-row">
      <dt>{name}</dt>
      <dd className="num">{value}</dd>
      <dd className="num facts-share">{share}</dd>
    </div>
  );
}
