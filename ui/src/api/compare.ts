import { decodeTrees } from '../flame/model';
import { COLUMNAR } from '../profile/columnar';
import { diffFrames } from '../profile/diff-frames';
import type { Frames } from '../profile/frames';
import { get, type Question } from './question';
import { askStacks, type Target } from './selection';
import { NODES } from './stacks';
import { json, type Decoder } from './use-answer';

/** A selection with its times, or an uploaded file of one profile type. */
export type CompareSide =
  { readonly kind: 'query'; readonly target: Target } | { readonly kind: 'file'; readonly id: string; readonly type: string };

type Value = string | number | null | undefined;

export function askCompare(
  path: string,
  left: CompareSide,
  right: CompareSide,
  params: readonly (readonly [string, Value])[] = [],
  accept?: string,
): Question {
  return get(path, [...sideParams('left', left), ...sideParams('right', right), ...params], accept);
}

function sideParams(side: 'left' | 'right', of: CompareSide): readonly (readonly [string, Value])[] {
  switch (of.kind) {
    case 'query':
      return [
        [`${side}Query`, `${of.target.type}${of.target.selector}`],
        [`${side}From`, of.target.stacks.from],
        [`${side}Until`, of.target.stacks.until],
      ];
    case 'file':
      return [
        [`${side}Adhoc`, of.id],
        [`${side}Type`, of.type || null],
      ];
  }
}

/** One side alone. */
export function askSideFlameGraph(side: CompareSide, nodes: number | null): Question {
  return askSide('api/v1/flamegraph', side, [['nodes', nodes ?? NODES]], COLUMNAR);
}

export function askSideSandwich(side: CompareSide, fn: string): Question {
  return askSide(
    'api/v1/sandwich',
    side,
    [
      ['function', fn],
      ['nodes', NODES],
    ],
    COLUMNAR,
  );
}

export function askSideLines(side: CompareSide, fn: string): Question {
  return askSide('api/v1/lines', side, [['function', fn]]);
}

function askSide(path: string, side: CompareSide, params: readonly (readonly [string, Value])[], accept?: string): Question {
  if (side.kind === 'query') return askStacks(path, side.target, params, accept);
  return get(path, [['adhoc', side.id], ['type', side.type || null], ...params], accept);
}

export function askDiff(left: CompareSide, right: CompareSide, nodes: number | null, path: readonly string[] = []): Question {
  return askCompare(
    'api/v1/flamegraph/diff',
    left,
    right,
    [['nodes', nodes ?? NODES], ...path.map((name) => ['path', name] as const)],
    COLUMNAR,
  );
}

/** Two trees of one shape as one: widths are the sum of both sides. */
export const diffGraph: Decoder<Frames> = {
  name: 'diff-graph',
  decode: async (answer) => {
    const trees = await decodeTrees(answer.bytes);
    const [left, right] = [trees.at(0), trees.at(1)];
    if (!left || !right) throw new Error('The answer has no two trees.');
    return diffFrames(left, right);
  },
};

export interface Measure {
  readonly change: number;
  readonly noise: number | null;
  readonly significance: number | null;
}

export interface ChangedFunction {
  readonly name: string;
  readonly left: { readonly self: number; readonly total: number };
  readonly right: { readonly self: number; readonly total: number };
  readonly self: Measure;
  readonly total: Measure;
}

export interface ComparedSide {
  readonly type: string;
  readonly unit: string;
  readonly total: number;
  readonly seconds: number;
  readonly windows: number;
  readonly filledWindows: number;
}

export interface Changes {
  readonly mode: 'share' | 'rate';
  readonly left: ComparedSide;
  readonly right: ComparedSide;
  readonly functionCount: number;
  readonly matchCount: number;
  readonly functions: readonly ChangedFunction[];
}

export interface ChangesQuery {
  readonly mode: 'share' | 'rate';
  readonly sort: 'self' | 'total';
  readonly search?: string;
  readonly limit: number;
}

export function askChanges(left: CompareSide, right: CompareSide, query: ChangesQuery): Question {
  return askCompare('api/v1/changes', left, right, [
    ['mode', query.mode],
    ['sort', query.sort],
    ['limit', query.limit],
    ['search', query.search || null],
  ]);
}

export const changes: Decoder<Changes> = json<Changes>('changes', (answer) => answer);

export interface LabelChange {
  readonly value: string;
  readonly left: number;
  readonly right: number;
  readonly changePerSecond: number;
  readonly contribution: number | null;
}

export interface BreakdownChanges {
  readonly changePerSecond: number;
  readonly labels: readonly { readonly label: string; readonly valueCount: number; readonly values: readonly LabelChange[] }[];
}

export function askBreakdownChanges(left: CompareSide, right: CompareSide, label: string | null, fn: string | null): Question {
  return askCompare('api/v1/breakdown/changes', left, right, [
    ['label', label],
    ['function', fn],
    ['limit', 20],
  ]);
}

export const breakdownChanges: Decoder<BreakdownChanges> = json<BreakdownChanges>('breakdown-changes', (answer) => answer);
