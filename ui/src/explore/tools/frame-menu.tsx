import * as Menu from '@radix-ui/react-dropdown-menu';
import type { FrameCommand } from './frame-commands';

export interface FrameMenuProps {
  /** Where it opens, in client coordinates; null: closed. */
  readonly at: { readonly x: number; readonly y: number; readonly title: string } | null;
  readonly commands: readonly FrameCommand[];
  close(): void;
}

/** What can be done with a frame: the same commands as the keys, at the place that was pressed. */
export function FrameMenu({ at, commands, close }: FrameMenuProps) {
  return (
    <Menu.Root open={at !== null} onOpenChange={(open) => (open ? undefined : close())} modal={false}>
      <Menu.Trigger asChild>
        <span aria-hidden="true" style={{ position: 'fixed', left: at?.x ?? 0, top: at?.y ?? 0, width: 0, height: 0 }} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="popover" align="start" sideOffset={2} aria-label={at?.title ?? 'Frame'}>
          <Menu.Label className="menu-label num">{at?.title}</Menu.Label>
          {commands.map((command) => (
            <Menu.Item key={command.key} className="menu-item" onSelect={command.run}>
              {command.title} <kbd className="key">{/^[A-Z]$/.test(command.key) ? `Shift ${command.key}` : command.key}</kbd>
            </Menu.Item>
          ))}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
