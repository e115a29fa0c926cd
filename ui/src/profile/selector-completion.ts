import { quote, type Matcher, type Operator } from './selector';
import { selectorParts } from './selector-parts';

/** What may be completed at the caret: the stretch `start` to `end` is replaced by what is chosen. */
export interface CompletionPlace {
  readonly kind: 'label' | 'operator' | 'value';
  readonly start: number;
  readonly end: number;
  /** What stands before the caret of it, a value without its quotes. */
  readonly typed: string;
  /** The label whose operator or value it is; as typed so far where it is a label itself. */
  readonly label: string;
  /** The other matchers that are whole: values are asked with them. */
  readonly others: readonly Matcher[];
}

export const OPERATORS: readonly (readonly [Operator, string])[] = [
  ['=', 'is'],
  ['!=', 'is not'],
  ['=~', 'matches the expression'],
  ['!~', 'does not match it'],
];

const SHAPE = /^(\s*)([\w.:/-]*)(\s*)(=~|!~|!=|=|!|~)?(\s*)("(?:[^"\\]|\\.)*"?)?/;

/** Null where nothing can follow but a comma or a brace. */
export function completionAt(text: string, caret: number): CompletionPlace | null {
  const parts = selectorParts(text);
  const part = parts.find((p) => caret >= p.start && caret <= p.end);
  if (!part) return null;
  const [, lead, label, gap, operator = '', space, value = ''] = SHAPE.exec(text.slice(part.start, part.end))!;
  const labelStart = part.start + lead.length;
  const labelEnd = labelStart + label.length;
  const operatorStart = labelEnd + gap.length;
  const operatorEnd = operatorStart + operator.length;
  const valueStart = operatorEnd + space.length;
  const valueEnd = valueStart + value.length;
  const others = parts.flatMap((p) => (p !== part && p.matcher ? [p.matcher] : []));
  const place = (kind: CompletionPlace['kind'], start: number, end: number, typed: string): CompletionPlace => ({
    kind,
    start,
    end,
    typed,
    label,
    others,
  });
  if (caret <= labelEnd) return place('label', labelStart, labelEnd, text.slice(labelStart, Math.max(labelStart, caret)));
  if (caret < operatorEnd || !OPERATORS.some(([known]) => known === operator)) {
    return place('operator', operatorStart, operatorEnd, text.slice(operatorStart, Math.max(operatorStart, caret)));
  }
  const isBehind = /^"(?:[^"\\]|\\.)*"$/.test(value) && caret >= valueEnd;
  if (isBehind || caret > valueEnd) return null;
  return place('value', Math.min(valueStart, caret), valueEnd, unquotedStart(text.slice(valueStart, caret)));
}

export interface Edit {
  readonly text: string;
  readonly caret: number;
}

/** The text with a choice in its place, and where the caret goes: behind it, ready for what comes next. */
export function complete(text: string, place: CompletionPlace, choice: string): Edit {
  const written = place.kind === 'value' ? quote(choice) : choice;
  return { text: text.slice(0, place.start) + written + text.slice(place.end), caret: place.start + written.length };
}

function unquotedStart(typed: string): string {
  return typed.replace(/^"/, '').replaceAll(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c === 't' ? '\t' : c));
}
