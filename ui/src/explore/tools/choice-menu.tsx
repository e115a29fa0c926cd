import * as Menu from '@radix-ui/react-dropdown-menu';

export interface Choice<T extends string> {
  readonly value: T;
  readonly title: string;
  readonly note?: string;
}

export interface ChoiceMenuProps<T extends string> {
  readonly label: string;
  readonly choices: readonly Choice<T>[];
  readonly value: T;
  onChoose(value: T): void;
}

/** A button that says its present choice and opens the others. */
export function ChoiceMenu<T extends string>({ label, choices, value, onChoose }: ChoiceMenuProps<T>) {
  const chosen = choices.find((c) => c.value === value);
  return (
    <Menu.Root>
      <Menu.Trigger className="button">
        {label} <strong>{chosen?.title ?? value}</strong> <span aria-hidden="true">▾</span>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="popover" align="end" sideOffset={4}>
          <Menu.RadioGroup value={value} onValueChange={(next) => onChoose(next as T)}>
            {choices.map((choice) => (
              <Menu.RadioItem key={choice.value} value={choice.value} className="menu-item">
                <span>{choice.title}</span>
                <small>{choice.note ?? (choice.value === value ? '✓' : '')}</small>
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
