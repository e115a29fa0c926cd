import { useState } from 'react';
import { toast } from '../app/toasts';

/** Copies a text and says so. */
export function CopyButton({ text, label = 'Copy' }: { readonly text: string; readonly label?: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      toast('Copied.');
    } catch {
      toast('The browser does not let this page write to the clipboard.');
    }
  };
  return (
    <button type="button" className="button button-small" onClick={() => void copy()} onBlur={() => setCopied(false)}>
      {isCopied ? 'Copied' : label}
    </button>
  );
}
