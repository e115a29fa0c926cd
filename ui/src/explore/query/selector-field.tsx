import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { formatSelector, parseSelector } from '../../profile/selector';
import { complete, completionAt } from '../../profile/selector-completion';
import type { TimeRange } from '../../profile/time';
import { ColouredSelector } from './coloured-selector';
import { CompletionList } from './completion-list';
import type { Completion } from './completions';
import './selector-field.css';
import { useCompletions } from './use-completions';
import { useProblems } from './use-problems';

export interface SelectorFieldProps {
  readonly label: string;
  /** As typed; kept by the row, so that Run sees it too. */
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Enter. */
  readonly onRun: () => void;
  /** Esc, with no list open. */
  readonly onReset: () => void;
  /** Profile type id that completions have data of. */
  readonly type: string;
  readonly window: TimeRange;
}

/** One line of selector with colours, completion, and marks on what is wrong or matches nothing. */
export function SelectorField({ label, text, onText, onRun, onReset, type, window }: SelectorFieldProps) {
  const [caret, setCaret] = useState(0);
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const colours = useRef<HTMLDivElement>(null);
  const nextCaret = useRef<number | null>(null);
  const id = useId();
  const completions = useCompletions(open ? completionAt(text, caret) : null, type, window);
  const problems = useProblems(text, window);
  const isOpen = open && completions.items.length > 0;
  const active = Math.min(chosen, completions.items.length - 1);
  const problem = problems.find((p) => caret >= p.start && caret <= p.end) ?? problems.at(0);

  const scrolled = (): void => {
    if (colours.current && input.current) colours.current.scrollLeft = input.current.scrollLeft;
  };
  useLayoutEffect(() => {
    if (nextCaret.current !== null) input.current?.setSelectionRange(nextCaret.current, nextCaret.current);
    nextCaret.current = null;
    scrolled();
  }, [text]);

  const moved = (): void => setCaret(input.current?.selectionStart ?? 0);
  const choose = ({ text: choice, place }: Completion): void => {
    const edit = complete(text, place, choice);
    nextCaret.current = edit.caret;
    setCaret(edit.caret);
    setChosen(0);
    setOpen(place.kind !== 'value');
    onText(edit.text);
  };
  const pressed = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (event.key === ' ' && event.ctrlKey) setOpen(true);
    else if (step !== undefined && isOpen) setChosen(Math.max(0, Math.min(completions.items.length - 1, active + step)));
    else if (event.key === 'ArrowDown') setOpen(true);
    else if ((event.key === 'Enter' || event.key === 'Tab') && isOpen && !event.ctrlKey && !event.shiftKey)
      choose(completions.items[active]);
    else if (event.key === 'Enter') {
      setOpen(false);
      onRun();
    } else if (event.key === 'Escape') {
      if (isOpen) setOpen(false);
      else onReset();
    } else return;
    event.preventDefault();
  };
  return (
    <div className="selector" data-wrong={problem !== undefined}>
      <div className="selector-line">
        <div ref={colours} className="selector-colours" aria-hidden="true">
          <ColouredSelector text={text} problems={problems} />
        </div>
        <input
          ref={input}
          role="combobox"
          aria-label={label}
          aria-expanded={isOpen}
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={isOpen ? `${id}-${active}` : undefined}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-problem`}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder='{label="value", …}'
          value={text}
          onChange={(event) => {
            onText(event.target.value);
            setCaret(event.target.selectionStart ?? 0);
            setChosen(0);
            setOpen(true);
          }}
          onKeyDown={pressed}
          onSelect={moved}
          onScroll={scrolled}
          onBlur={() => setOpen(false)}
        />
        {isOpen ? <CompletionList id={id} completions={completions} active={active} onChoose={choose} /> : null}
      </div>
      <output id={`${id}-problem`} className="selector-problem" title={problem?.message}>
        {isOpen ? '' : problem?.message}
      </output>
    </div>
  );
}

/** As it goes to the server: with braces. */
export function writtenSelector(text: string): string {
  const { matchers } = parseSelector(text);
  return text.includes('{') ? text.trim() : formatSelector(matchers);
}
