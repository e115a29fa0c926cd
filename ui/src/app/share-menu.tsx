import * as Popover from '@radix-ui/react-popover';
import { useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { askServer } from '../api/transport';
import { freeze } from '../snapshots/snapshot';
import { basePath } from './base-path';
import { useClock } from './clock';
import { useDialogs } from './dialogs';
import { queryClient } from './query-client';
import { toast } from './toasts';
import './share-menu.css';

export interface ShareMenuProps {
  /** The present address with fixed times, without the path prefix, as `explore?…`: what a link must hold to show the same tomorrow. */
  readonly fixedAddress: string;
  readonly title: string;
}

/** A link to the live view, one with fixed times, or a snapshot that outlives the data. */
export function ShareMenu({ fixedAddress, title }: ShareMenuProps) {
  const { current, open, close } = useDialogs();
  const [path] = useLocation();
  const search = useSearch();
  const now = useClock((c) => c.now);
  const frozen = useClock((c) => c.frozen);
  const [link, setLink] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const copy = async (address: string, what: string): Promise<void> => {
    setLink(address);
    // Without TLS, or without leave, browsers refuse the clipboard: the link stands in the field then, selected.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    const copied = await clipboard?.writeText(address).then(
      () => true,
      () => false,
    );
    toast(copied ? `${what} copied.` : `${what}: copy it from the field.`);
  };
  const snapshot = async (): Promise<void> => {
    setBusy(true);
    try {
      const body = await freeze(queryClient, title, fixedAddress, now);
      const { bytes } = await askServer({ method: 'POST', path: 'api/v1/snapshots', body });
      const { id } = JSON.parse(new TextDecoder().decode(bytes)) as { id: string };
      await copy(absolute(`s/${id}`), 'Link to the snapshot');
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Popover.Root open={current === 'share'} onOpenChange={(isOpen) => (isOpen ? open('share') : close())}>
      <Popover.Trigger className="button">Share</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="popover share-menu" align="end" sideOffset={4} aria-label="Share">
          <button type="button" className="menu-item" onClick={() => void copy(absolute(fixedAddress), 'Link')}>
            Copy link <small>with these times</small>
          </button>
          <button
            type="button"
            className="menu-item"
            onClick={() => void copy(absolute(`${path.replace(/^\//, '')}${search ? `?${search}` : ''}`), 'Link')}
          >
            Copy live link <small>relative times stay</small>
          </button>
          {frozen ? null : (
            <button type="button" className="menu-item" disabled={busy} onClick={() => void snapshot()}>
              {busy ? 'Taking a snapshot …' : 'Take a snapshot'} <small>survives retention</small>
            </button>
          )}
          {link === null ? null : (
            <input className="field share-link" aria-label="Link" readOnly value={link} ref={(field) => field?.select()} />
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function absolute(address: string): string {
  return `${window.location.origin}${basePath}/${address}`;
}
