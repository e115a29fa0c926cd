import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import './listbox.css';

export interface ListboxProps<T extends { readonly id: string }> {
  readonly label: string;
  readonly placeholder: string;
  readonly text: string;
  onText(text: string): void;
  readonly items: readonly T[];
  render(item: T): ReactNode;
  onChoose(item: T): void;
  /** Shown where nothing matches. */
  readonly empty?: string;
}

/** A field with a list below it: arrows move, Enter chooses, the field keeps the focus (ARIA's combobox with a listbox). */
export function Listbox<T extends { readonly id: string }>({
  label,
  placeholder,
  text,
  onText,
  items,
  render,
  onChoose,
  empty,
}: ListboxProps<T>) {
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  const at = Math.min(active, items.length - 1);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const pressed = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setActive(Math.max(0, Math.min(items.length - 1, at + step)));
    } else if (event.key === 'Enter' && items.length > 0) {
      event.preventDefault();
      onChoose(items[at]);
    }
  };
  return (
    <div className="listbox">
      <input
        className="field listbox-field"
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        autoComplete="off"
        autoFocus
        placeholder={placeholder}
        value={text}
        onChange={(event) => {
          onText(event.target.value);
          setActive(0);
        }}
        onKeyDown={pressed}
      />
      <ul ref={list} id={id} role="listbox" aria-label={label} className="listbox-list">
        {items.map((item, index) => (
          <li
            key={item.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            className="menu-item"
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(item)}
          >
            {render(item)}
          </li>
        ))}
      </ul>
      {items.length === 0 ? <p className="listbox-empty">{empty ?? `Nothing matches “${text}”.`}</p> : null}
    </div>
  );
}
