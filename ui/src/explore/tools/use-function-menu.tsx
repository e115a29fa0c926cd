import { useState, type ReactNode } from 'react';
import { COMMANDS } from '../../flame/keys';
import type { ViewProps } from '../view-props';
import { runFrameKey, useFrameCommands } from './frame-commands';
import { FrameMenu } from './frame-menu';

export interface FunctionMenu {
  readonly onMenu: (fn: string, x: number, y: number) => void;
  /** Runs the command of a letter on a function; false where it is no command's. */
  readonly onCommand: (fn: string, key: string) => boolean;
  readonly menu: ReactNode;
}

/** The commands of frames for views that list functions: the same menu and the same letters as in the graph. */
export function useFunctionMenu({ state, change }: Pick<ViewProps, 'state' | 'change'>): FunctionMenu {
  const commandsOf = useFrameCommands({ state, change, frames: null });
  const [at, setAt] = useState<{ readonly title: string; readonly x: number; readonly y: number } | null>(null);
  return {
    onMenu: (title, x, y) => setAt({ title, x, y }),
    onCommand: (fn, key) => {
      if (key.length !== 1 || !COMMANDS.includes(key)) return false;
      runFrameKey(commandsOf(fn, null), key);
      return true;
    },
    menu: <FrameMenu at={at} commands={at === null ? [] : commandsOf(at.title, null)} close={() => setAt(null)} />,
  };
}
