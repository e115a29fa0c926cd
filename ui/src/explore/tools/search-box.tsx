import { useEffect, useMemo, useRef, useState } from 'react';
import { useRegister, type Command } from '../../app/commands';
import './search-box.css';

export interface SearchBoxProps {
  readonly text: string;
  onText(text: string): void;
  /** What was found, as `84 fn · 12.4% · 1/37`; null without a search. */
  readonly found: string | null;
  /** What is wrong with the text, where it is no search. */
  readonly wrong?: string | null;
  /** Steps to another hit: 1 the next, −1 the one before. */
  onStep(step: 1 | -1): void;
}

/** Search over function names: `/` leads here, Enter and `n`, `N` step from hit to hit. */
export function SearchBox({ text, onText, found, wrong = null, onStep }: SearchBoxProps) {
  const field = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(text);
  const [shown, setShown] = useState(text);
  if (shown !== text) {
    // Back and forward change the address under the field.
    setShown(text);
    setDraft(text);
  }
  useRegister(
    useMemo<readonly Command[]>(
      () => [
        { id: 'search', title: 'Search functions', group: 'Search', keys: ['/', 'Ctrl f'], run: () => field.current?.select() },
        { id: 'search next', title: 'Next hit', group: 'Search', keys: ['n'], run: () => onStep(1) },
        { id: 'search previous', title: 'Previous hit', group: 'Search', keys: ['N'], run: () => onStep(-1) },
      ],
      [onStep],
    ),
  );
  useEffect(() => {
    if (draft === shown) return;
    const timer = setTimeout(() => onText(draft), 120);
    return () => clearTimeout(timer);
  }, [draft, shown, onText]);
  return (
    <div className="search-box" data-wrong={wrong !== null}>
      <input
        ref={field}
        type="search"
        className="field"
        aria-label="Search functions"
        aria-invalid={wrong !== null}
        aria-describedby="search-found"
        placeholder="text, /regex/, pkg:, file:, !not"
        spellCheck={false}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            if (draft !== shown) onText(draft);
            onStep(event.shiftKey ? -1 : 1);
          } else if (event.key === 'Escape') {
            setDraft('');
            onText('');
            field.current?.blur();
          }
        }}
      />
      <output id="search-found" className="search-found num" title={wrong ?? undefined}>
        {wrong ?? found ?? ''}
      </output>
    </div>
  );
}
