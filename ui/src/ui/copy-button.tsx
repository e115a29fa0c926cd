import { copyText } from './copy-text';

/** Copies a text and says so; `what` completes “Copied …”. */
export function CopyButton({ text, label = 'Copy', what = 'the text' }: CopyButtonProps) {
  return (
    <button type="button" className="button button-small" onClick={() => void copyText(text, what)}>
      {label}
    </button>
  );
}

interface CopyButtonProps {
  readonly text: string;
  readonly label?: string;
  readonly what?: string;
}
