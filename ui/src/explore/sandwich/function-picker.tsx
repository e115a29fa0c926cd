import * as Popover from '@radix-ui/react-popover';
import { useState } from 'react';
import type { Target } from '../../api/selection';
import { FunctionName } from '../../ui/function-name';
import './function-picker.css';
import { FunctionSearch } from './function-search';

export interface FunctionPickerProps {
  readonly target: Target;
  readonly fn: string;
  readonly onPick: (fn: string) => void;
}

/** The function a view is about, and the way to another. */
export function FunctionPicker({ target, fn, onPick }: FunctionPickerProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="button button-small function-picker">
        <span className="visually-hidden">Function </span>
        <FunctionName name={fn} />
        <span aria-hidden="true">▾</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="popover function-picker-list" align="start" sideOffset={4} aria-label="Choose a function">
          <FunctionSearch
            target={target}
            onPick={(name) => {
              setOpen(false);
              onPick(name);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Where a view is about a function and none is chosen yet. */
export function FunctionPrompt({
  target,
  title,
  onPick,
}: {
  readonly target: Target;
  readonly title: string;
  readonly onPick: (fn: string) => void;
}) {
  return (
    <div className="function-prompt">
      <p>{title}</p>
      <FunctionSearch target={target} onPick={onPick} />
    </div>
  );
}
