import type { Question } from './question';
import { askStacks, type Target } from './selection';

/** The call graph in Graphviz' language, made by the server from whole stacks. */
export function askDot(target: Target, maxNodes: number): Question {
  return askStacks('pyroscope/render', target, [
    ['format', 'dot'],
    ['maxNodes', maxNodes],
  ]);
}
