import * as Dialog from '@radix-ui/react-dialog';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { useRegister, type Command } from '../app/commands';
import { useDialogs } from '../app/dialogs';
import '../app/dialog.css';
import { useRemembered } from './remembered';

/** Keeps the address of the page that is shown under a name, on every page. */
export function SaveView() {
  const { current, open, close } = useDialogs();
  useRegister(
    useMemo<readonly Command[]>(
      () => [{ id: 'save-view', title: 'Save this view …', group: 'Everywhere', run: () => open('save-view') }],
      [open],
    ),
  );
  return (
    <Dialog.Root open={current === 'save-view'} onOpenChange={(isOpen) => (isOpen ? open('save-view') : close())}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content className="dialog" aria-describedby="save-view-what">
          <Dialog.Title className="dialog-title">Save this view</Dialog.Title>
          <p id="save-view-what" className="dialog-text">
            The page as it is, under a name, on the overview of everybody of this tenant.
          </p>
          <SaveForm close={close} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function SaveForm({ close }: { readonly close: () => void }) {
  const [title, setTitle] = useState('');
  const [path] = useLocation();
  const { save } = useRemembered();
  return (
    <form
      className="dialog-form"
      onSubmit={(event) => {
        event.preventDefault();
        save(title.trim(), path + window.location.search);
        close();
      }}
    >
      <label>
        Name
        <input className="field" required autoFocus maxLength={120} value={title} onChange={(event) => setTitle(event.target.value)} />
      </label>
      <button type="submit" className="button button-primary" disabled={title.trim() === ''}>
        Save
      </button>
    </form>
  );
}
