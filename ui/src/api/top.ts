import type { Question } from './question';
import { askStacks, type Target } from './selection';
import { json, type Decoder } from './use-answer';

export interface ServicePart {
  readonly service: string;
  readonly self: number;
  readonly total: number;
}

/** The heaviest functions of all services, with the parts of each service. */
export interface TopFunctions {
  readonly serviceCount: number;
  readonly functions: readonly { readonly name: string; readonly services: readonly ServicePart[] }[];
}

export function askTop(target: Target, limit: number): Question {
  return askStacks('api/v1/top', target, [
    ['sort', 'total'],
    ['limit', limit],
  ]);
}

export const topFunctions: Decoder<TopFunctions> = json<TopFunctions>('top', (answer) => answer);
