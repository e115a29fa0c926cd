import { useState, type ReactNode } from 'react';
import { COMMANDS } from '../../flame/keys';
import type { ViewProps } from '../view-props';
import { frameCommands, runFrameKey } from './frame-commands';
import { FrameMenu } from './frame-menu';
import { useExploreActions } from './use-explore-actions';

export interface FunctionMenu {
  readonly onMenu: (fn: string, x: number, y: number) => void;
  /** Runs the command of a letter on a function; false where it is no command's. */
  readonly onCommand: (fn: string, key: string) => boolean;
  readonly menu: ReactNode;
}

/** The commands of frames for views that list functions: the same menu and the same letters as in the graph. */
export function useFunctionMenu({ state, change }: Pick<ViewProps, 'state' | 'change'>): FunctionMenu {
  const actions = useExploreActions({ state, change });
  const [at, setAt] = useState<{ readonly title: string; readonly x: number; readonly y: number } | null>(null);
  return {
    onMenu: (title, x, y) => setAt({ title, x, y }),
    onCommand: (fn, key) => {
      if (key.length !== 1 || !COMMANDS.includes(key)) return false;
      runFrameKey(frameCommands(actions, fn, null, null), key);
      return true;
    },
    menu: <FrameMenu at={at} commands={at === null ? [] : frameCommands(actions, at.title, null, null)} close={() => setAt(null)} />,
  };
}
