import './select.css';

/** A choice among a few, with its question in front; the browser's own list, which every hand and every reader knows. */
export function Select<T extends string>({ label, value, options, onChange, hideLabel = false }: SelectProps<T>) {
  return (
    <label className="select button">
      <span className={hideLabel ? 'visually-hidden' : ''}>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value as T)}>
        {options.map(([option, title]) => (
          <option key={option} value={option}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  onChange(value: T): void;
  readonly hideLabel?: boolean;
}
