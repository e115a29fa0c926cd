import * as Popover from '@radix-ui/react-popover';
import { useState } from 'react';
import { useSession } from '../api/session';
import { queryClient } from './query-client';
import { useUiConfig } from './ui-config';

/** Who one is to the server: the tenant, where there are several, and the way out. */
export function TenantMenu() {
  const config = useUiConfig();
  const { tenant, authorization, choose, signIn } = useSession();
  const [draft, setDraft] = useState(tenant ?? '');
  const [open, setOpen] = useState(false);
  if (config?.multitenancy !== true && authorization === null) return null;
  const apply = (): void => {
    choose(draft.trim() || null);
    setOpen(false);
    void queryClient.resetQueries();
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="button">
        Tenant <strong>{tenant ?? 'default'}</strong>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="popover" align="end" sideOffset={4} aria-label="Tenant">
          <form
            className="tenant-form"
            onSubmit={(event) => {
              event.preventDefault();
              apply();
            }}
          >
            <input
              className="field"
              aria-label="Tenant"
              placeholder="tenant, or a|b"
              value={draft}
              onChange={(e) => setDraft(e.target.value)}
            />
            <button className="button button-primary" type="submit">
              Use
            </button>
          </form>
          {authorization === null ? null : (
            <button
              type="button"
              className="menu-item"
              onClick={() => {
                signIn(null);
                void queryClient.resetQueries();
              }}
            >
              Sign out
            </button>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
