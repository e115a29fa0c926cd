import { selectionSchema, type Selection } from './explore-state';
import { choice, flag, optionalText, text, texts, type Param, type Schema } from './param';

export const COMPARE_VIEWS = ['diff', 'sides', 'changed', 'tree', 'sandwich', 'source', 'labels'] as const;
export type CompareView = (typeof COMPARE_VIEWS)[number];

/** What a change is measured in; `auto` is absolute where both sides are equally long, else share. */
export const CHANGE_MODES = ['auto', 'absolute', 'share', 'rate', 'instance'] as const;
export type ChangeModeChoice = (typeof CHANGE_MODES)[number];

export const CHANGE_FILTERS = ['all', 'up', 'down', 'new', 'gone'] as const;
export type ChangeFilter = (typeof CHANGE_FILTERS)[number];

export type SideName = 'a' | 'b';

/** One side: a selection, or an uploaded file in its place. */
export interface Side extends Selection {
  /** Id of an uploaded file; null: the selection counts. */
  readonly file: string | null;
}

type Sided<P extends SideName> = { readonly [K in keyof Side as `${P}${Capitalize<K>}`]: Side[K] };

export interface CompareOptions {
  readonly view: CompareView;
  readonly mode: ChangeModeChoice;
  readonly filter: ChangeFilter;
  readonly search: string;
  readonly transforms: readonly string[];
  readonly zoom: readonly string[];
  readonly fn: string | null;
  readonly sort: 'self' | 'total';
  readonly direction: 'icicle' | 'flame';
  readonly label: string;
  /** Whether B's window moves with A's. */
  readonly linked: boolean;
}

export interface CompareState extends CompareOptions, Sided<'a'>, Sided<'b'> {}

export const sideSchema: Schema<Side> = { ...selectionSchema, file: optionalText('file') };

export const compareSchema: Schema<CompareState> = {
  ...sided('a'),
  ...sided('b'),
  view: choice('view', COMPARE_VIEWS, 'diff'),
  mode: choice('mode', CHANGE_MODES, 'auto'),
  filter: choice('filter', CHANGE_FILTERS, 'all'),
  search: text('s'),
  transforms: texts('do'),
  zoom: texts('zoom'),
  fn: optionalText('fn'),
  sort: choice('sort', ['self', 'total'], 'self'),
  direction: choice('dir', ['icicle', 'flame'], 'icicle'),
  label: text('label'),
  linked: flag('linked'),
};

/** In the address the parts of a side have its letter in front: `a.type`, `b.q`. */
function sided<P extends SideName>(name: P): Schema<Sided<P>> {
  const schema: Record<string, Param<unknown>> = {};
  for (const [field, param] of Object.entries(sideSchema))
    schema[fieldOf(name, field)] = { ...(param as Param<unknown>), key: `${name}.${(param as Param<unknown>).key}` };
  return schema as unknown as Schema<Sided<P>>;
}

function fieldOf(name: SideName, field: string): string {
  return name + field[0].toUpperCase() + field.slice(1);
}

export function sideOf(state: CompareState, name: SideName): Side {
  return name === 'a'
    ? { type: state.aType, selector: state.aSelector, from: state.aFrom, until: state.aUntil, range: state.aRange, file: state.aFile }
    : { type: state.bType, selector: state.bSelector, from: state.bFrom, until: state.bUntil, range: state.bRange, file: state.bFile };
}

/** A change of one side as a change of the whole. */
export function sidePatch(name: SideName, patch: Partial<Side>): Partial<CompareState> {
  return Object.fromEntries(Object.entries(patch).map(([field, value]) => [fieldOf(name, field), value]));
}

/** A becomes B and B becomes A; everything else stays. */
export function swapped(state: CompareState): Partial<CompareState> {
  return { ...sidePatch('a', sideOf(state, 'b')), ...sidePatch('b', sideOf(state, 'a')) };
}
