/** `name:sampleType:sampleUnit:periodType:periodUnit`. */
export interface ProfileType {
  readonly id: string;
  readonly name: string;
  readonly sampleType: string;
  readonly sampleUnit: string;
  readonly periodType: string;
  readonly periodUnit: string;
}

export function parseProfileType(id: string): ProfileType {
  const [name = '', sampleType = '', sampleUnit = '', periodType = '', periodUnit = ''] = id.split(':');
  return { id, name, sampleType, sampleUnit, periodType, periodUnit };
}

const FAMILIES: Readonly<Record<string, string>> = {
  process_cpu: 'CPU',
  wall: 'Wall',
  memory: 'Memory',
  goroutine: 'Goroutines',
  goroutines: 'Goroutines',
  mutex: 'Mutex',
  block: 'Block',
  exception: 'Exceptions',
  gc: 'GC',
  lock: 'Locks',
  contention: 'Locks',
};

/** What people call a type: the family, and what is measured where the family measures several things. */
export function titleOf(type: ProfileType): { readonly family: string; readonly measure: string } {
  const family = FAMILIES[type.name] ?? type.name;
  const measure = type.name === 'process_cpu' && type.sampleType === 'cpu' ? 'time' : type.sampleType.replaceAll('_', ' ');
  return { family, measure };
}

/** The type a page opens with: CPU time, else wall time, else the first. */
export function preferredType(types: readonly string[]): string | null {
  const order = ['process_cpu:cpu:', 'wall:', 'process_cpu:', 'memory:alloc_space', 'memory:'];
  for (const start of order) {
    const found = types.find((type) => type.startsWith(start));
    if (found !== undefined) return found;
  }
  return types[0] ?? null;
}

/** Types that say what there is at a moment: their sums over time mean nothing, averages do. */
export function isGauge(type: ProfileType): boolean {
  return type.sampleType.startsWith('inuse') || type.name.startsWith('goroutine') || type.sampleType === 'live';
}
