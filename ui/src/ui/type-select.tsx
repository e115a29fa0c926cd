import { parseProfileType, titleOf } from '../profile/profile-type';
import { Select } from './select';

/** A choice among profile types, by what people call them; those that would read alike are told apart by what they count. */
export function TypeSelect({ types, value, onChange }: TypeSelectProps) {
  return <Select label="Profile" hideLabel value={value} options={typeOptions(types)} onChange={onChange} />;
}

export function typeOptions(types: readonly string[]): readonly (readonly [string, string])[] {
  const titles = types.map((id) => {
    const { family, measure } = titleOf(parseProfileType(id));
    return `${family} ${measure}`;
  });
  return types.map((id, i) => {
    const isAlone = titles.indexOf(titles[i]) === titles.lastIndexOf(titles[i]);
    return [id, isAlone ? titles[i] : `${titles[i]} (${parseProfileType(id).periodType || 'no period'})`] as const;
  });
}

interface TypeSelectProps {
  readonly types: readonly string[];
  readonly value: string;
  onChange(type: string): void;
}
