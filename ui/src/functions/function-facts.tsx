import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { askFunction } from '../api/function-details';
import { functionPage } from '../api/functions';
import { askSeen, seen } from '../api/seen';
import type { Target } from '../api/selection';
import { useAnswer } from '../api/use-answer';
import { useClock } from '../app/clock';
import { usePreferences } from '../app/preferences';
import { partsOf } from '../profile/packages';
import { formatTime, zoneOf } from '../profile/time';
import { formatRate, formatShare, formatValue } from '../profile/units';
import { CopyButton } from '../ui/copy-button';
import { FunctionName } from '../ui/function-name';
import type { FunctionsScope } from '../url/functions-state';
import { encode } from '../url/codec';
import { functionsSchema } from '../url/functions-state';

const DAYS_30 = 30 * 86_400_000;

export function FunctionFacts({ fn, target, state, children }: FunctionFactsProps) {
  const now = useClock((c) => c.now);
  const zone = zoneOf(usePreferences((p) => p.timeZone));
  const row = useAnswer(askFunction(target, fn), functionPage, { keep: false });
  const long = { from: Math.min(target.window.from, now - DAYS_30), until: Math.max(target.window.until, now) };
  const when = useAnswer(askSeen(target.type + target.selector, fn, long), seen, { keep: false });
  const seconds = (target.window.until - target.window.from) / 1000;
  const { unit = '', total = 0 } = row.data ?? {};
  const costs = row.data?.functions.at(0);
  const { type, from, until } = state;
  const list = encode(functionsSchema, { type, from, until, search: partsOf(fn).package, order: { column: 'self', descending: true } });
  return (
    <header className="function-head">
      <div className="function-title">
        <Link href="/functions">Functions</Link>
        <span aria-hidden="true">/</span>
        <h1>
          <FunctionName name={fn} />
        </h1>
        <CopyButton text={fn} label="Copy name" what="the name" />
        {partsOf(fn).package === '' ? null : <Link href={`/functions?${list}`}>All of {partsOf(fn).package}</Link>}
        <span className="function-type">{children}</span>
      </div>
      <dl className="function-facts">
        <Fact title="Self" value={costs ? formatValue(costs.self, unit) : '–'} note={costs ? formatShare(costs.self, total) : ''} />
        <Fact title="Total" value={costs ? formatValue(costs.total, unit) : '–'} note={costs ? formatShare(costs.total, total) : ''} />
        <Fact title="Mean" value={costs ? formatRate(costs.total / seconds, unit) : '–'} note="" />
        <Fact title="First seen, 30 days" value={when.data?.first ? formatTime(when.data.first.timeMillis, zone) : '–'} note="" />
        <Fact title="Last seen" value={when.data?.last ? formatTime(when.data.last.timeMillis, zone) : '–'} note="" />
      </dl>
      {row.data && !costs ? (
        <p className="function-absent" role="status">
          No stack of this profile type has this function in this window.
        </p>
      ) : null}
    </header>
  );
}

function Fact({ title, value, note }: { readonly title: string; readonly value: string; readonly note: string }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd className="num">
        {value} <span className="unit">{note}</span>
      </dd>
    </div>
  );
}

interface FunctionFactsProps {
  readonly fn: string;
  readonly target: Target;
  readonly state: FunctionsScope;
  readonly children: ReactNode;
}
