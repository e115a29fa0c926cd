import { nameOf, type Frames } from '../frames';
import { lanesOf } from '../lanes';

/** What stands for frames that the server folded, at the end of a stack: no number is lost in an export. */
export const FOLDED_NAME = '[folded]';

/** Calls `each` with every stack that has a value of its own: names below the root, and the value. The array is reused from call to call. */
export function eachStack(frames: Frames, each: (names: readonly string[], value: number) => void): void {
  const path: string[] = frames.name[0] < 0 ? [] : [nameOf(frames, 0)];
  const outer = path.length - 1; // names before depth 1
  const rest = lanesOf({ ...frames, sides: null }).rest[0];
  for (let node = 0; node < frames.count; node++) {
    if (node > 0) {
      path.length = outer + frames.depth[node];
      path.push(nameOf(frames, node));
    } else path.length = outer + 1;
    if (frames.self[node] > 0) each(path, frames.self[node]);
    if (rest[node] > 0) each([...path, FOLDED_NAME], rest[node]);
  }
}
