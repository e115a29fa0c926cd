import { useState, type ReactNode } from 'react';
import { askServiceTypes, ofType, serviceTypes, type ServiceTypes } from '../../api/labels';
import { useAnswer } from '../../api/use-answer';
import { useClock } from '../../app/clock';
import { preferredType } from '../../profile/profile-type';
import { formatSelector, parseSelector, pinned, SERVICE, withPinned } from '../../profile/selector';
import { resolveRange } from '../../profile/time';
import type { Selection } from '../../url/explore-state';
import { GroupByPicker } from './group-by-picker';
import './query-row.css';
import { SelectorField, writtenSelector } from './selector-field';
import { ServicePicker } from './service-picker';
import { TypePicker } from './type-picker';
import { useRefresh } from './use-refresh';

export interface QueryRowProps {
  readonly selection: Selection;
  readonly change: (patch: Partial<Selection>) => void;
  /** With their profile types; asked for where they are not given. */
  readonly services?: ServiceTypes | null;
  /** Which side of a comparison it asks for; without: the only one. */
  readonly side?: 'A' | 'B';
  readonly groupBy?: string;
  /** Without it there is no such picker. */
  readonly onGroupBy?: (label: string) => void;
  /** More tools, before Run. */
  readonly children?: ReactNode;
}

/** What is asked: service, profile type and selector. Nothing of the selector is lost: the service is a matcher like others. */
export function QueryRow({ selection, change, services: given, side, groupBy = '', onGroupBy, children }: QueryRowProps) {
  const now = useClock((c) => c.now);
  const window = resolveRange(selection.from, selection.until, now);
  const asked = useAnswer(given === undefined ? askServiceTypes(window) : null, serviceTypes);
  const services = given ?? asked.data ?? null;
  const [draft, setDraft] = useDraft(selection.selector);
  const refresh = useRefresh();
  const { matchers, error } = parseSelector(draft);
  const service = pinned(matchers, SERVICE);
  const name = (what: string): string => (side === undefined ? what : `${what} of ${side}`);

  const pickService = (picked: string): void => {
    const types = services?.get(picked) ?? [];
    const type = types.includes(selection.type) ? selection.type : (preferredType(types) ?? selection.type);
    change({ selector: formatSelector(withPinned(matchers, SERVICE, picked)), type });
  };
  const run = (): void => {
    if (error !== null) return;
    refresh();
    change({ selector: writtenSelector(draft) });
  };
  return (
    <form
      className="query-row"
      aria-label={name('Query')}
      data-side={side}
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      {side === undefined ? null : <span className="query-row-side">{side}</span>}
      <ServicePicker services={services} service={service} onPick={pickService} />
      <TypePicker services={services} service={service} type={selection.type} onPick={(type) => change({ type })} />
      <SelectorField
        label={name('Selector')}
        text={draft}
        onText={setDraft}
        onRun={run}
        onReset={() => setDraft(selection.selector)}
        type={selection.type}
        window={window}
      />
      {onGroupBy ? (
        <GroupByPicker
          matchers={[formatSelector(selection.type === '' ? matchers : [...matchers, ofType(selection.type)])]}
          window={window}
          groupBy={groupBy}
          onPick={onGroupBy}
        />
      ) : null}
      {children}
      <button type="submit" className="button button-primary query-row-run" disabled={error !== null}>
        Run
      </button>
    </form>
  );
}

/** The selector as typed; starts over when another one comes from elsewhere. */
function useDraft(applied: string): [string, (text: string) => void] {
  const [draft, setDraft] = useState({ text: applied, of: applied });
  const text = draft.of === applied ? draft.text : applied;
  return [text, (typed) => setDraft({ text: typed, of: applied })];
}
