import { fuzzyFilter } from '../../profile/fuzzy';
import { OPERATORS, type CompletionPlace } from '../../profile/selector-completion';

export interface Completion {
  /** What is put in. */
  readonly text: string;
  readonly note: string;
  /** Where it goes; not always where the typed stretch stands. */
  readonly place: CompletionPlace;
}

const SHOWN = 100;

/** A label that is typed to its end offers its operators: one list less to close. */
export function fitting(place: CompletionPlace, names: readonly string[], values: readonly string[]): readonly Completion[] {
  switch (place.kind) {
    case 'label': {
      const behind: CompletionPlace = { ...place, kind: 'operator', start: place.end, typed: '' };
      const isWhole = names.includes(place.typed) && place.start + place.typed.length === place.end;
      const operators = isWhole ? OPERATORS.map(([text, note]) => ({ text, note, place: behind })) : [];
      const used = new Set(place.others.map((m) => m.label));
      const offered = names.filter((name) => name !== place.typed);
      const labels = fuzzyFilter(offered, place.typed, (name) => name).map((text) => ({
        text,
        note: used.has(text) ? 'used' : 'label',
        place,
      }));
      return [...operators, ...labels].slice(0, SHOWN);
    }
    case 'operator':
      return OPERATORS.filter(([text]) => text.startsWith(place.typed)).map(([text, note]) => ({ text, note, place }));
    case 'value':
      return fuzzyFilter(values, place.typed, (value) => value)
        .filter((value) => value !== place.typed)
        .slice(0, SHOWN)
        .map((text) => ({ text, note: '', place }));
  }
}
