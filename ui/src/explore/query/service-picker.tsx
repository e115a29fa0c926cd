import { useMemo } from 'react';
import type { ServiceTypes } from '../../api/labels';
import { usePreferences } from '../../app/preferences';
import { Picker, type PickerItem } from './picker';

export interface ServicePickerProps {
  readonly services: ServiceTypes | null;
  /** The one the selector pins; null where it pins none. */
  readonly service: string | null;
  readonly onPick: (service: string) => void;
}

/** Services with data in the window, those used last first. */
export function ServicePicker({ services, service, onPick }: ServicePickerProps) {
  const recent = usePreferences((p) => p.recentServices);
  const items = useMemo(() => serviceItems(services, recent), [services, recent]);
  return (
    <Picker label="Service" placeholder="A service …" items={items} onPick={onPick} empty="No service sent profiles in this window.">
      {service === null ? <>All services</> : <strong>{service}</strong>}
    </Picker>
  );
}

function serviceItems(services: ServiceTypes | null, recent: readonly string[]): readonly PickerItem[] {
  if (services === null) return [];
  const item = (name: string, heading: string): PickerItem => {
    const count = services.get(name)?.length ?? 0;
    return { id: name, title: name, note: `${count} profile ${count === 1 ? 'type' : 'types'}`, heading };
  };
  const used = recent.filter((name) => services.has(name));
  const others = [...services.keys()].filter((name) => !used.includes(name));
  return [...used.map((name) => item(name, 'Recent')), ...others.map((name) => item(name, used.length > 0 ? 'Others' : 'Services'))];
}
