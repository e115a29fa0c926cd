import { toast } from '../app/toasts';

/** Copies and says so. Pages that are not served securely have no clipboard; there an invisible field is copied from. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.style.position = 'fixed';
    field.style.opacity = '0';
    document.body.append(field);
    field.select();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without a secure context
    const done = document.execCommand('copy');
    field.remove();
    if (!done) {
      toast(`The browser does not let this page copy.`);
      return;
    }
  }
  toast(`Copied ${what}`);
}
