import { decodeTrees } from '../flame/model';
import { COLUMNAR } from '../profile/columnar';
import type { Frames } from '../profile/frames';
import type { Question } from './question';
import { askStacks, type Target } from './selection';
import type { Decoder } from './use-answer';

/** Nodes of a picture, unless the tenant's limit is less: more than a screen shows, so that most profiles are drawn whole. */
export const NODES = 131_072;

/** `path`: names from the root to a call site, for what lies under it. */
export function askFlameGraph(target: Target, nodes: number | null, path: readonly string[] = []): Question {
  return askStacks('api/v1/flamegraph', target, [['nodes', nodes ?? NODES], ...path.map((name) => ['path', name] as const)], COLUMNAR);
}

export const flameGraph: Decoder<Frames> = {
  name: 'flame-graph',
  decode: async (answer) => {
    const frames = (await decodeTrees(answer.bytes)).at(0);
    if (!frames) throw new Error('The answer has no tree.');
    return frames;
  },
};

/** Callers (inverted) and callees of a function. */
export interface SandwichFrames {
  readonly callers: Frames;
  readonly callees: Frames;
}

export function askSandwich(target: Target, fn: string, nodes: number | null): Question {
  return askStacks(
    'api/v1/sandwich',
    target,
    [
      ['function', fn],
      ['nodes', nodes ?? NODES],
    ],
    COLUMNAR,
  );
}

export const sandwich: Decoder<SandwichFrames> = {
  name: 'sandwich',
  decode: async (answer) => {
    const trees = await decodeTrees(answer.bytes);
    const [callers, callees] = [trees.at(0), trees.at(1)];
    if (!callers || !callees) throw new Error('The answer has no two trees.');
    return { callers, callees };
  },
};
