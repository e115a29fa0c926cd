import { Fragment, type ReactNode } from 'react';
import { selectorTokens } from '../../profile/selector-parts';
import type { Problem } from './use-problems';

/** The text of a selector in its colours, what is wrong underlined. Lies under the input, letter by letter. */
export function ColouredSelector({ text, problems }: { readonly text: string; readonly problems: readonly Problem[] }) {
  const isWrong = (at: number): boolean => problems.some((p) => at >= p.start && at < p.end);
  return (
    <>
      {selectorTokens(text).map((token) => (
        <Fragment key={token.start}>{pieces(text, token.start, token.end, isWrong, `selector-${token.kind}`)}</Fragment>
      ))}
    </>
  );
}

/** A token split where it becomes wrong or right: marks need not follow tokens. */
function pieces(text: string, start: number, end: number, isWrong: (at: number) => boolean, name: string): readonly ReactNode[] {
  const result: ReactNode[] = [];
  for (let from = start; from < end;) {
    const wrong = isWrong(from);
    let until = from + 1;
    while (until < end && isWrong(until) === wrong) until++;
    result.push(
      <span key={from} className={wrong ? `${name} selector-wrong` : name}>
        {text.slice(from, until)}
      </span>,
    );
    from = until;
  }
  return result;
}
