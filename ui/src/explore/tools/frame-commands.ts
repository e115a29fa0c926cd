import { pathOf, type Frames } from '../../profile/frames';
import { partsOf } from '../../profile/packages';
import type { Transform } from '../../profile/transforms';
import { copyText } from '../../ui/copy-text';

/** A command on one frame: in its menu, and by its key while the graph has the focus. */
export interface FrameCommand {
  readonly key: string;
  readonly title: string;
  readonly run: () => void;
}

/** What a page does for the commands of a frame. */
export interface FrameActions {
  readonly add: (transform: Transform) => void;
  readonly open: (view: 'sandwich' | 'source', fn: string) => void;
  /** Null where there is nothing to mark. */
  readonly mark: ((fn: string) => void) | null;
}

/** The commands of a function, and of one of its frames where there is a tree. */
export function frameCommands(actions: FrameActions, fn: string, frames: Frames | null, node: number | null): readonly FrameCommand[] {
  const { add, open, mark } = actions;
  const on = (kind: 'focus' | 'hide' | 'merge' | 'drop' | 'collapseRecursion' | 'showFrom') => (): void =>
    add({ kind, match: { by: 'function', name: fn }, enabled: true });
  const pkg = partsOf(fn).package;
  const commands: FrameCommand[] = [
    { key: 'f', title: 'Keep only stacks with this function', run: on('focus') },
    { key: 'h', title: 'Hide this frame', run: on('hide') },
    { key: 'm', title: 'Merge into caller', run: on('merge') },
    { key: 'd', title: 'Drop its stacks', run: on('drop') },
    { key: 'r', title: 'Collapse recursion', run: on('collapseRecursion') },
    {
      key: 'p',
      title: `Collapse package ${pkg}`,
      run: () => add({ kind: 'collapsePackage', match: { by: 'package', name: pkg }, enabled: true }),
    },
    { key: 's', title: 'Sandwich: callers and callees', run: () => open('sandwich', fn) },
    { key: 'g', title: 'Source, line by line', run: () => open('source', fn) },
    { key: 'c', title: 'Copy name', run: () => void copyText(fn, 'Name') },
  ];
  if (frames !== null && node !== null)
    commands.push({ key: 'C', title: 'Copy stack', run: () => void copyText(pathOf(frames, node).join('\n'), 'Stack') });
  if (mark !== null) commands.push({ key: 'x', title: 'Mark as A, then as B', run: () => mark(fn) });
  return commands;
}

/** Runs the command of a key on a frame. */
export function runFrameKey(commands: readonly FrameCommand[], key: string): void {
  commands.find((c) => c.key === key)?.run();
}
