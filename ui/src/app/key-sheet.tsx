import * as Dialog from '@radix-ui/react-dialog';
import { useCommands, type Command } from './commands';
import { useDialogs } from './dialogs';
import { keyTitle } from './key-title';
import './dialog.css';
import './key-sheet.css';

/** All keys of this page, as `?` shows them: read from the commands themselves, so it cannot go stale. */
export default function KeySheet() {
  const { current, open, close } = useDialogs();
  const commands = useCommands((c) => c.commands);
  const groups = groupBy([...commands.values()].filter((c) => c.keys?.length));
  return (
    <Dialog.Root open={current === 'keys'} onOpenChange={(isOpen) => (isOpen ? open('keys') : close())}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content className="dialog key-sheet" aria-describedby={undefined}>
          <Dialog.Title className="dialog-title">Keys</Dialog.Title>
          {[...groups].map(([group, members]) => (
            <section key={group}>
              <h3>{group}</h3>
              <dl>
                {members.map((command) => (
                  <div key={command.id}>
                    <dt>
                      {command.keys?.map((key) => (
                        <kbd key={key} className="key">
                          {keyTitle(key)}
                        </kbd>
                      ))}
                    </dt>
                    <dd>{command.title}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function groupBy(commands: readonly Command[]): ReadonlyMap<string, readonly Command[]> {
  const groups = new Map<string, Command[]>();
  for (const command of commands) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return groups;
}
