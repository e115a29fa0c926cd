import * as Dialog from '@radix-ui/react-dialog';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { fuzzyFilter } from '../profile/fuzzy';
import { Listbox } from '../ui/listbox';
import { useCommands } from './commands';
import { useDialogs } from './dialogs';
import { keyTitle } from './key-title';
import { useJumps } from './jumps';
import './dialog.css';
import './palette.css';

/** `Ctrl K`: every command of the page, and every service, found by a few letters. */
export default function Palette() {
  const { current, open, close } = useDialogs();
  return (
    <Dialog.Root open={current === 'palette'} onOpenChange={(isOpen) => (isOpen ? open('palette') : close())}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content className="dialog palette" aria-describedby={undefined}>
          <Dialog.Title className="visually-hidden">Search or jump to</Dialog.Title>
          <PaletteList close={close} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const SHOWN = 60;

function PaletteList({ close }: { readonly close: () => void }) {
  const [text, setText] = useState('');
  const commands = useCommands((c) => c.commands);
  const [, navigate] = useLocation();
  const jumps = useJumps();
  const items = useMemo(
    () => [
      ...[...commands.values()]
        .filter((c) => c.id !== 'palette')
        .map((c) => ({ id: `do ${c.id}`, title: c.title, note: c.keys?.map(keyTitle).join(' or ') ?? c.group, run: () => c.run() })),
      ...jumps.map((jump) => ({ id: `to ${jump.href}`, title: jump.title, note: jump.kind, run: () => navigate(jump.href) })),
    ],
    [commands, jumps, navigate],
  );
  const found = useMemo(() => fuzzyFilter(items, text, (item) => item.title).slice(0, SHOWN), [items, text]);
  return (
    <Listbox
      label="Commands, pages and services"
      placeholder="A command, a page, a service …"
      text={text}
      onText={setText}
      items={found}
      render={(item) => (
        <>
          <span>{item.title}</span>
          <small>{item.note}</small>
        </>
      )}
      onChoose={(item) => {
        close();
        item.run();
      }}
    />
  );
}
