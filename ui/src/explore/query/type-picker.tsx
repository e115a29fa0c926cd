import { useMemo } from 'react';
import type { ServiceTypes } from '../../api/labels';
import { usePreferences, withRecent } from '../../app/preferences';
import { parseProfileType, titleOf } from '../../profile/profile-type';
import { Picker, type PickerItem } from './picker';

export interface TypePickerProps {
  readonly services: ServiceTypes | null;
  readonly service: string | null;
  /** Profile type id; empty where none is chosen yet. */
  readonly type: string;
  readonly onPick: (type: string) => void;
}

/** Profile types of the service, those used last first; then those that only other services have. */
export function TypePicker({ services, service, type, onPick }: TypePickerProps) {
  const { recentTypes, set } = usePreferences();
  const items = useMemo(() => typeItems(services, service, recentTypes), [services, service, recentTypes]);
  const { family, measure } = titleOf(parseProfileType(type));
  return (
    <Picker
      label="Profile type"
      placeholder="CPU, alloc, wall …"
      items={items}
      onPick={(id) => {
        set({ recentTypes: withRecent(recentTypes, id) });
        onPick(id);
      }}
      empty="No profiles in this window."
    >
      {type === '' ? (
        <>Profile type</>
      ) : (
        <span title={type}>
          <strong>{family}</strong> {measure}
        </span>
      )}
    </Picker>
  );
}

function typeItems(services: ServiceTypes | null, service: string | null, recent: readonly string[]): readonly PickerItem[] {
  if (services === null) return [];
  const all = [...new Set([...services.values()].flat())].sort();
  const own = service === null ? all : (services.get(service) ?? []);
  const used = recent.filter((id) => own.includes(id));
  const item = (id: string, heading: string): PickerItem => {
    const { family, measure } = titleOf(parseProfileType(id));
    return { id, title: `${family} ${measure}`, note: id, heading };
  };
  return [
    ...used.map((id) => item(id, 'Recent')),
    ...own.filter((id) => !used.includes(id)).map((id) => item(id, service === null ? 'Profile types' : `Of ${service}`)),
    ...all.filter((id) => !own.includes(id)).map((id) => item(id, 'Only of other services')),
  ];
}
