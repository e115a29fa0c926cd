import { useRegister, type Command } from '../../app/commands';

const COMMANDS: readonly Command[] = [
  { id: 'back', title: 'Back to the view before', group: 'Time', keys: ['['], run: () => history.back() },
  { id: 'forward', title: 'Forward again', group: 'Time', keys: [']'], run: () => history.forward() },
];

/** Every change of a view is an entry of the browser's history: that is the undo stack. */
export function useHistoryKeys(): void {
  useRegister(COMMANDS);
}
