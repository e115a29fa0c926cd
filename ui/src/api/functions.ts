import type { Question } from './question';
import { askStacks, type Target } from './selection';
import { json, type Decoder } from './use-answer';

export interface FunctionRow {
  readonly name: string;
  readonly self: number;
  readonly total: number;
}

/** A page of the exact table of functions. */
export interface FunctionPage {
  readonly unit: string;
  readonly total: number;
  readonly functionCount: number;
  readonly matchCount: number;
  readonly functions: readonly FunctionRow[];
}

export interface FunctionQuery {
  readonly sort: 'self' | 'total' | 'name';
  readonly offset: number;
  readonly limit: number;
  readonly search?: string;
  readonly regex?: string;
}

export function askFunctions(target: Target, query: FunctionQuery): Question {
  return askStacks('api/v1/functions', target, [
    ['sort', query.sort],
    ['offset', query.offset],
    ['limit', query.limit],
    ['search', query.search || null],
    ['regex', query.regex || null],
  ]);
}

export const functionPage: Decoder<FunctionPage> = json<FunctionPage>('functions', (page) => page);
