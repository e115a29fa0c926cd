import * as Menu from '@radix-ui/react-dropdown-menu';
import { usePreferences, type Preferences } from './preferences';
import { useTheme } from './theme';

const THEMES: readonly (readonly [Preferences['theme'], string])[] = [
  ['system', 'As the system'],
  ['dark', 'Dark'],
  ['light', 'Light'],
];

export function ThemeMenu() {
  const { theme, set } = usePreferences();
  const shown = useTheme();
  return (
    <Menu.Root>
      <Menu.Trigger className="button" aria-label={`Theme: ${shown}`}>
        {shown === 'dark' ? '◐' : '◑'}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="popover" align="end" sideOffset={4}>
          <Menu.RadioGroup value={theme} onValueChange={(value) => set({ theme: value as Preferences['theme'] })}>
            {THEMES.map(([value, title]) => (
              <Menu.RadioItem key={value} value={value} className="menu-item">
                {title}
                <Menu.ItemIndicator>✓</Menu.ItemIndicator>
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
