import { useState } from 'react';

/** Asks once more before something is gone; leaving the buttons takes the question back. */
export function ConfirmButton({ label, question, disabled = false, onConfirm }: ConfirmButtonProps) {
  const [isAsked, setAsked] = useState(false);
  if (!isAsked) {
    return (
      <button type="button" className="button button-small" disabled={disabled} aria-label={question} onClick={() => setAsked(true)}>
        {label}
      </button>
    );
  }
  return (
    <span onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setAsked(false)}>
      <button
        type="button"
        className="button button-small"
        autoFocus
        aria-label={`Yes: ${question}`}
        onClick={() => {
          setAsked(false);
          onConfirm();
        }}
      >
        Yes, {label.toLowerCase()}
      </button>{' '}
      <button type="button" className="button button-small" onClick={() => setAsked(false)}>
        No
      </button>
    </span>
  );
}

interface ConfirmButtonProps {
  readonly label: string;
  /** What is asked, for screen readers: `Delete rule cpu`. */
  readonly question: string;
  readonly disabled?: boolean;
  onConfirm(): void;
}
