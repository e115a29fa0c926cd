import * as Popover from '@radix-ui/react-popover';
import { useMemo, useState, type ReactNode } from 'react';
import { fuzzyFilter } from '../../profile/fuzzy';
import { Listbox } from '../../ui/listbox';
import './picker.css';

export interface PickerItem {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  /** Stands above the first item that has it. */
  readonly heading?: string;
}

export interface PickerProps {
  /** What is picked, for the names of button and list. */
  readonly label: string;
  readonly placeholder: string;
  readonly items: readonly PickerItem[];
  readonly onPick: (id: string) => void;
  readonly empty?: string;
  /** The button's content. */
  readonly children: ReactNode;
}

const SHOWN = 200;

/** A button that opens a list to search and pick from. */
export function Picker({ label, placeholder, items, onPick, empty, children }: PickerProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="button picker-button">
        {children}
        <span className="picker-mark" aria-hidden="true">
          ▾
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="popover picker" align="start" sideOffset={4} aria-label={label}>
          <PickerList
            label={label}
            placeholder={placeholder}
            items={items}
            onPick={(id) => {
              setOpen(false);
              onPick(id);
            }}
            {...(empty === undefined ? {} : { empty })}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** The list alone, where the popover is another's. */
export function PickerList({ label, placeholder, items, onPick, empty }: Omit<PickerProps, 'children'>) {
  const [text, setText] = useState('');
  const found = useMemo(() => fuzzyFilter(items, text, (item) => `${item.title} ${item.note ?? ''}`).slice(0, SHOWN), [items, text]);
  const headed = useMemo(() => new Set(firstOfHeading(found, text)), [found, text]);
  return (
    <Listbox
      label={label}
      placeholder={placeholder}
      text={text}
      onText={setText}
      items={found}
      render={(item) => (
        <>
          {headed.has(item.id) ? <span className="picker-heading">{item.heading}</span> : null}
          <span className="picker-row">
            <span>{item.title}</span>
            {item.note === undefined ? null : <small>{item.note}</small>}
          </span>
        </>
      )}
      onChoose={(item) => onPick(item.id)}
      {...(items.length === 0 && empty !== undefined ? { empty } : {})}
    />
  );
}

/** Headings tell groups apart in their own order only: the order of a search is by fit. */
function firstOfHeading(items: readonly PickerItem[], text: string): readonly string[] {
  if (text.trim() !== '') return [];
  return items.filter((item, at) => item.heading !== undefined && item.heading !== items[at - 1]?.heading).map((item) => item.id);
}
