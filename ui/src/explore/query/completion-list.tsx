import { useEffect, useRef } from 'react';
import type { Completion } from './completions';
import type { Completions } from './use-completions';

export interface CompletionListProps {
  readonly id: string;
  readonly completions: Completions;
  readonly active: number;
  readonly onChoose: (completion: Completion) => void;
}

export function CompletionList({ id, completions: { items, isBusy }, active, onChoose }: CompletionListProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const start = items.at(0)?.place.start ?? 0;
  return (
    <div className="popover selector-popup" style={{ '--at': start }}>
      {isBusy ? <div className="pane-bar" /> : null}
      <ul ref={list} id={id} role="listbox" aria-label="Completions">
        {items.map((item, index) => (
          <li
            key={item.text}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            className="menu-item"
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(item)}
          >
            <span>{item.text === '' ? '""' : item.text}</span>
            <small>{item.note}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}
