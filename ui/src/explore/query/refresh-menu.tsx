import * as Menu from '@radix-ui/react-dropdown-menu';
import { useMemo } from 'react';
import { useRegister, type Command } from '../../app/commands';
import { usePreferences } from '../../app/preferences';
import './refresh-menu.css';
import { useInterval } from './use-interval';
import { useRefresh } from './use-refresh';

const CHOICES: readonly (readonly [number, string])[] = [
  [0, 'off'],
  [10, '10 s'],
  [30, '30 s'],
  [60, '1 m'],
  [300, '5 m'],
];

/** Asks anew, now or over and over. A page that nobody sees does not ask. */
export function RefreshMenu() {
  const { refresh: seconds, set } = usePreferences();
  const refresh = useRefresh();
  useInterval(refresh, seconds * 1000);
  useRegister(
    useMemo<readonly Command[]>(() => [{ id: 'refresh', title: 'Refresh now', group: 'Time', keys: ['R'], run: refresh }], [refresh]),
  );
  const chosen = CHOICES.find(([choice]) => choice === seconds)?.[1] ?? `${seconds} s`;
  return (
    <div className="refresh-menu">
      <button type="button" className="button" title="Refresh now (R)" aria-label="Refresh now" onClick={refresh}>
        ⟳
      </button>
      <Menu.Root>
        <Menu.Trigger className="button" aria-label={`Refresh: ${chosen}`}>
          {seconds === 0 ? null : chosen} <span aria-hidden="true">▾</span>
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Content className="popover" align="end" sideOffset={4}>
            <Menu.Item className="menu-item" onSelect={refresh}>
              Refresh now <kbd className="key">R</kbd>
            </Menu.Item>
            <Menu.Label className="menu-label">Over and over</Menu.Label>
            <Menu.RadioGroup value={String(seconds)} onValueChange={(value) => set({ refresh: Number(value) })}>
              {CHOICES.map(([choice, title]) => (
                <Menu.RadioItem key={choice} value={String(choice)} className="menu-item">
                  {choice === 0 ? 'Off' : `Every ${title}`}
                  <Menu.ItemIndicator>✓</Menu.ItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Content>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}
