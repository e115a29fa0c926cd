import type { Question } from './question';
import { askStacks, type Target } from './selection';
import { json, type Decoder } from './use-answer';

export interface LineCost {
  readonly line: number;
  readonly self: number;
  readonly total: number;
}

/** Lines of a function in one file, by line number. */
export interface FileLines {
  /** Empty where it is not known. */
  readonly file: string;
  /** Where the function begins; 0 where that is not known. */
  readonly startLine: number;
  readonly self: number;
  readonly total: number;
  readonly lines: readonly LineCost[];
  /** Of stacks whose line is not known. */
  readonly unknown: { readonly self: number; readonly total: number };
}

/** Where series say their source is; parts may be empty. */
export interface RepositoryRef {
  readonly repository: string;
  readonly gitRef: string;
  readonly rootPath: string;
}

export interface FunctionLines {
  readonly found: boolean;
  readonly self: number;
  readonly total: number;
  /** Largest total first: functions of one name may be in several files. */
  readonly files: readonly FileLines[];
  readonly repositories: readonly RepositoryRef[];
}

export function askLines(target: Target, fn: string): Question {
  return askStacks('api/v1/lines', target, [['function', fn]]);
}

export const functionLines: Decoder<FunctionLines> = json<FunctionLines>('function-lines', (answer) => answer);
