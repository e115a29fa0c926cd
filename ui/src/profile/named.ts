import type { Frames } from './frames';

/** Nodes of a function, the widest first: what to show of a function that stands in many places. */
export function nodesNamed(frames: Frames, name: string): number[] {
  const wanted = frames.names.indexOf(name);
  if (wanted < 0) return [];
  const nodes: number[] = [];
  for (let node = 0; node < frames.count; node++) if (frames.name[node] === wanted) nodes.push(node);
  return nodes.sort((a, b) => frames.total[b] - frames.total[a]);
}
