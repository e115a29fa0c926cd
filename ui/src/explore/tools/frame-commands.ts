import { useCallback, useMemo } from 'react';
import { useLocation } from 'wouter';
import { useMarks } from '../../app/marks';
import { pathOf, type Frames } from '../../profile/frames';
import { partsOf } from '../../profile/packages';
import { encodeTransform, type Transform } from '../../profile/transforms';
import { copyText } from '../../ui/copy-text';
import type { ViewProps } from '../view-props';

/** A command on one frame: in its menu, and by its key while the graph has the focus. */
export interface FrameCommand {
  readonly key: string;
  readonly title: string;
  run(): void;
}

type Context = Pick<ViewProps, 'state' | 'change'> & { readonly frames: Frames | null };

/** The commands of a frame; of a function alone where there is no tree (`node` null). */
export function useFrameCommands({ state, change, frames }: Context): (fn: string, node: number | null) => readonly FrameCommand[] {
  const mark = useMarks((m) => m.mark);
  const [, navigate] = useLocation();
  const add = useCallback(
    (transform: Transform) => change((s) => ({ transforms: [...s.transforms, encodeTransform(transform)], zoom: [] })),
    [change],
  );
  return useMemo(() => {
    const onFunction = (kind: 'focus' | 'hide' | 'merge' | 'drop' | 'collapseRecursion' | 'showFrom', fn: string) => (): void =>
      add({ kind, match: { by: 'function', name: fn }, enabled: true });
    return (fn, node) => [
      { key: 'f', title: 'Keep only stacks with this function', run: onFunction('focus', fn) },
      { key: 'h', title: 'Hide this frame', run: onFunction('hide', fn) },
      { key: 'm', title: 'Merge into caller', run: onFunction('merge', fn) },
      { key: 'd', title: 'Drop its stacks', run: onFunction('drop', fn) },
      { key: 'r', title: 'Collapse recursion', run: onFunction('collapseRecursion', fn) },
      {
        key: 'p',
        title: `Collapse package ${partsOf(fn).package}`,
        run: () => add({ kind: 'collapsePackage', match: { by: 'package', name: partsOf(fn).package }, enabled: true }),
      },
      { key: 's', title: 'Sandwich: callers and callees', run: () => change({ fn, view: 'sandwich' }) },
      { key: 'g', title: 'Source, line by line', run: () => change({ fn, view: 'source' }) },
      { key: 'c', title: 'Copy name', run: () => void copyText(fn, 'Name') },
      ...(frames !== null && node !== null
        ? [{ key: 'C', title: 'Copy stack', run: () => void copyText(pathOf(frames, node).join('\n'), 'Stack') }]
        : []),
      { key: 'x', title: 'Mark as A, then as B', run: () => mark(state, fn, navigate) },
    ];
  }, [frames, add, change, state, mark, navigate]);
}

/** Runs the command of a key on a frame. */
export function runFrameKey(commands: readonly FrameCommand[], key: string): void {
  commands.find((c) => c.key === key)?.run();
}
