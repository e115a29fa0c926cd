import { useMemo, useRef, type KeyboardEvent } from 'react';
import { useRegister, type Command } from '../../app/commands';

export interface ViewTab<V extends string> {
  readonly view: V;
  readonly title: string;
}

export interface ViewTabsProps<V extends string> {
  readonly tabs: readonly ViewTab<V>[];
  readonly selected: V;
  onSelect(view: V): void;
}

/** The views of a work area: tabs with arrows, and the keys 1 to 8. */
export function ViewTabs<V extends string>({ tabs, selected, onSelect }: ViewTabsProps<V>) {
  const list = useRef<HTMLDivElement>(null);
  useRegister(
    useMemo<readonly Command[]>(
      () =>
        tabs.map(({ view, title }, index) => ({
          id: `view ${view}`,
          title: `Show ${title}`,
          group: 'Views',
          keys: [String(index + 1)],
          run: () => onSelect(view),
        })),
      [tabs, onSelect],
    ),
  );
  const pressed = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (tabs.findIndex((t) => t.view === selected) + step + tabs.length) % tabs.length;
    onSelect(tabs[next].view);
    (list.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    <div className="segmented" role="tablist" aria-label="Views" ref={list} onKeyDown={pressed}>
      {tabs.map(({ view, title }) => (
        <button
          key={view}
          type="button"
          role="tab"
          id={`tab-${view}`}
          aria-selected={view === selected}
          aria-controls="work-area"
          tabIndex={view === selected ? 0 : -1}
          onClick={() => onSelect(view)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
