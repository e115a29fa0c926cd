import type { Question } from './question';
import { askStacks, type Target } from './selection';
import { json, type Decoder } from './use-answer';

export interface LabelBreakdown {
  readonly label: string;
  /** All values there are, `values` may have fewer. */
  readonly valueCount: number;
  /** Largest first; `""` stands for series without the label. */
  readonly values: readonly { readonly value: string; readonly total: number }[];
}

export interface Breakdown {
  readonly unit: string;
  readonly total: number;
  readonly labels: readonly LabelBreakdown[];
}

export interface BreakdownQuery {
  /** One label; all that are not private where it is missing. */
  readonly label?: string;
  /** Only stacks with this function. */
  readonly fn?: string;
  readonly limit: number;
}

export function askBreakdown(target: Target, query: BreakdownQuery): Question {
  return askStacks('api/v1/breakdown', target, [
    ['label', query.label],
    ['function', query.fn],
    ['limit', query.limit],
  ]);
}

export const breakdown: Decoder<Breakdown> = json<Breakdown>('breakdown', (answer) => answer);

/** Labels that tell one running program from another, as agents and SDKs name them; the first that is there counts. */
const INSTANCE_LABELS = ['service_instance_id', 'pod', 'instance', 'hostname', 'host', 'container'];

/** Programs behind a selection; 1 where nothing tells them apart. */
export function instancesOf(answer: Breakdown): number {
  for (const label of INSTANCE_LABELS) {
    const found = answer.labels.find((l) => l.label === label);
    if (found) return found.valueCount;
  }
  return 1;
}
