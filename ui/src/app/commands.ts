import { useEffect } from 'react';
import { create } from 'zustand';

/** Something a person can do here. Each has a title for the palette and the key sheet, and may have a key. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** `KeyboardEvent.key` as pressed, with `Ctrl ` in front where it is held: `/`, `N`, `Ctrl k`. Several are alternatives. */
  readonly keys?: readonly string[];
  /** Heading of the key sheet. */
  readonly group: string;
  run(): void;
}

interface Registry {
  readonly commands: ReadonlyMap<string, Command>;
  add(commands: readonly Command[]): void;
  remove(commands: readonly Command[]): void;
}

export const useCommands = create<Registry>((set, get) => ({
  commands: new Map(),
  add: (added) => set({ commands: new Map([...get().commands, ...added.map((c) => [c.id, c] as const)]) }),
  remove: (removed) => {
    const left = new Map(get().commands);
    for (const command of removed) if (left.get(command.id) === command) left.delete(command.id);
    set({ commands: left });
  },
}));

/** Offers commands as long as a component is shown. `commands` must be memoized. */
export function useRegister(commands: readonly Command[]): void {
  useEffect(() => {
    useCommands.getState().add(commands);
    return () => useCommands.getState().remove(commands);
  }, [commands]);
}

/** The command of a key press, or null. Letters typed into fields are text. */
export function commandOf(event: KeyboardEvent, commands: Iterable<Command>): Command | null {
  const held = event.ctrlKey || event.metaKey;
  if (!held && isTyping(event.target)) return null;
  if (event.altKey) return null;
  const key = held ? `Ctrl ${event.key.toLowerCase()}` : event.key;
  for (const command of commands) if (command.keys?.includes(key)) return command;
  return null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

/** Listens for the keys of all commands. Mounted once. */
export function useKeys(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const command = commandOf(event, useCommands.getState().commands.values());
      if (!command) return;
      event.preventDefault();
      command.run();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}
