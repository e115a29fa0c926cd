import type { FunctionRow } from './functions';
import type { Question } from './question';
import { get } from './question';
import { json, type Decoder } from './use-answer';

/** All functions of an uploaded file, and which profile types the file has. */
export interface FileFunctions {
  readonly type: string;
  readonly unit: string;
  readonly types: readonly string[];
  readonly total: number;
  readonly functionCount: number;
  readonly functions: readonly FunctionRow[];
}

/** Most rows that one answer has. */
const MOST = 10_000;

/** `type` empty: the first of the file. */
export function askFileFunctions(file: string, type: string): Question {
  return get('api/v1/functions', [
    ['adhoc', file],
    ['type', type || null],
    ['limit', MOST],
  ]);
}

export const fileFunctions: Decoder<FileFunctions> = json<FileFunctions>('file-functions', (answer) => answer);
