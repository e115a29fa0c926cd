import type { Frames } from './frames';
import { addAsSelf, addOwn, lanesOf, type Lanes } from './lanes';
import { matchNames } from './matcher';
import { partsOf } from './packages';
import { TreeBuilder } from './tree-builder';
import type { Transform } from './transforms';

/** The tree after all enabled transforms, in order. Totals stay but for focus, showFrom and drop, which leave stacks out. */
export function applyTransforms(frames: Frames, transforms: readonly Transform[]): Frames {
  return transforms.reduce((tree, transform) => (transform.enabled ? applyTransform(tree, transform) : tree), frames);
}

function applyTransform(frames: Frames, transform: Transform): Frames {
  switch (transform.kind) {
    case 'focus':
      return focus(frames, matchNames(transform.match, frames.names));
    case 'showFrom':
      return showFrom(frames, matchNames(transform.match, frames.names));
    case 'hide':
      return hide(frames, matchNames(transform.match, frames.names));
    case 'merge':
      return merge(frames, matchNames(transform.match, frames.names));
    case 'drop':
      return drop(frames, matchNames(transform.match, frames.names));
    case 'collapseRecursion':
      return collapseRecursion(frames, matchNames(transform.match, frames.names));
    case 'collapseAllRecursion':
      return collapseRecursion(frames, new Uint8Array(frames.names.length).fill(1));
    case 'collapsePackage':
      return collapsePackages(frames, matchNames(transform.match, frames.names));
    case 'collapseAllPackages':
      return collapsePackages(frames, new Uint8Array(frames.names.length).fill(1));
    case 'ownCode':
      return hide(
        frames,
        Uint8Array.from(frames.names, (name) => (partsOf(name).kind === 'own' ? 0 : 1)),
      );
    case 'invert':
      return invert(frames);
  }
}

/** Where a node is put: a node of the new tree, or nowhere. */
const NOWHERE = -1;

/**
 * Rebuilds a tree: `placeOf` says where each node goes, given where its parent went, and puts its value there. Parents come before children, so
 * one forward pass is enough. The root is always the root.
 */
function rebuild(frames: Frames, placeOf: (node: number, parentPlace: number, builder: TreeBuilder, lanes: Lanes) => number): Frames {
  const builder = new TreeBuilder(frames.name[0]);
  const lanes = lanesOf(frames);
  const place = new Int32Array(frames.count);
  place[0] = placeOf(0, 0, builder, lanes);
  for (let node = 1; node < frames.count; node++) place[node] = placeOf(node, place[frames.parent[node]], builder, lanes);
  return { ...builder.build(frames.names, lanes.sided), ancestors: frames.ancestors };
}

function matches(frames: Frames, match: Uint8Array, node: number): boolean {
  return node > 0 && match[frames.name[node]] === 1;
}

function hide(frames: Frames, match: Uint8Array): Frames {
  return rebuild(frames, (node, parent, builder, lanes) => {
    const hidden = matches(frames, match, node);
    const to = node === 0 || hidden ? parent : builder.child(parent, frames.name[node]);
    addOwn(lanes, node, builder, to);
    return to;
  });
}

function merge(frames: Frames, match: Uint8Array): Frames {
  const merged = new Uint8Array(frames.count);
  return rebuild(frames, (node, parent, builder, lanes) => {
    if (node > 0 && (merged[frames.parent[node]] === 1 || matches(frames, match, node))) {
      merged[node] = 1;
      addAsSelf(lanes, node, builder, parent);
      return parent;
    }
    const to = node === 0 ? 0 : builder.child(parent, frames.name[node]);
    addOwn(lanes, node, builder, to);
    return to;
  });
}

function drop(frames: Frames, match: Uint8Array): Frames {
  return rebuild(frames, (node, parent, builder, lanes) => {
    if (parent === NOWHERE || matches(frames, match, node)) return NOWHERE;
    const to = node === 0 ? 0 : builder.child(parent, frames.name[node]);
    addOwn(lanes, node, builder, to);
    return to;
  });
}

function focus(frames: Frames, match: Uint8Array): Frames {
  const within = new Uint8Array(frames.count);
  return rebuild(frames, (node, parent, builder, lanes) => {
    if (node > 0) within[node] = within[frames.parent[node]] === 1 || matches(frames, match, node) ? 1 : 0;
    const to = node === 0 ? 0 : builder.child(parent, frames.name[node]);
    if (within[node] === 1) addOwn(lanes, node, builder, to); // callers without value of their own go when the tree is built
    return to;
  });
}

function showFrom(frames: Frames, match: Uint8Array): Frames {
  return rebuild(frames, (node, parent, builder, lanes) => {
    if (node === 0) return NOWHERE;
    if (parent === NOWHERE && !matches(frames, match, node)) return NOWHERE;
    const to = builder.child(parent === NOWHERE ? 0 : parent, frames.name[node]);
    addOwn(lanes, node, builder, to);
    return to;
  });
}

function collapseRecursion(frames: Frames, match: Uint8Array): Frames {
  return rebuild(frames, (node, parent, builder, lanes) => {
    let to = 0;
    if (node > 0) {
      const outer = matches(frames, match, node) ? openCall(builder, parent, frames.name[node]) : NOWHERE;
      to = outer === NOWHERE ? builder.child(parent, frames.name[node]) : outer;
    }
    addOwn(lanes, node, builder, to);
    return to;
  });
}

function openCall(builder: TreeBuilder, from: number, name: number): number {
  for (let node = from; node > 0; node = builder.parentOf(node)) if (builder.nameAt(node) === name) return node;
  return NOWHERE;
}

function collapsePackages(frames: Frames, match: Uint8Array): Frames {
  const packages = frames.names.map((name) => partsOf(name).package);
  return rebuild(frames, (node, parent, builder, lanes) => {
    const caller = node > 0 ? frames.parent[node] : 0;
    const same = caller > 0 && packages[frames.name[caller]] !== '' && packages[frames.name[caller]] === packages[frames.name[node]];
    const inside = same && matches(frames, match, node) && matches(frames, match, caller);
    const to = node === 0 || inside ? parent : builder.child(parent, frames.name[node]);
    addOwn(lanes, node, builder, to);
    return to;
  });
}

/** Every stack from its end to its beginning. What is folded has no known end: it stays folded, at the root. */
function invert(frames: Frames): Frames {
  const builder = new TreeBuilder(frames.name[0]);
  const lanes = lanesOf(frames);
  for (let node = 0; node < frames.count; node++) {
    for (let lane = 0; lane < lanes.self.length; lane++) {
      builder.addFolded(0, lane, lanes.rest[lane][node], lane === 0 ? (frames.folded.get(node) ?? 0) : 0);
    }
    if (frames.self[node] === 0) continue;
    let to = 0;
    for (let at = node; at > 0; at = frames.parent[at]) to = builder.child(to, frames.name[at]);
    for (let lane = 0; lane < lanes.self.length; lane++) builder.addSelf(to, lane, lanes.self[lane][node]);
  }
  return { ...builder.build(frames.names, lanes.sided), ancestors: frames.ancestors };
}
