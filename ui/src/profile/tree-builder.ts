import { buildFrames } from './frame-builder';
import type { Frames, Side } from './frames';

/** Self and folded value of both lanes: the two sides of a comparison, or one profile in lane 0. */
export const LANES = 2;

/**
 * A tree that grows by looking up children by name, and becomes `Frames` with siblings in order. Nodes are numbers in order of creation, 0 is
 * the root; a node after its parent, always. Names are indices into the table that is given to `build`.
 */
export class TreeBuilder {
  private count = 1;
  private name = new Int32Array(1024).fill(-1);
  private parent = new Int32Array(1024).fill(-1);
  private readonly children: ChildTable;
  /** `LANES` per node: value that ends here, and value below that is not part of the tree. */
  private self = new Float64Array(1024 * LANES);
  private rest = new Float64Array(1024 * LANES);
  private readonly folded = new Map<number, number>();

  constructor(rootName = -1) {
    this.name[0] = rootName;
    this.children = new ChildTable(
      (node) => this.parent[node],
      (node) => this.name[node],
    );
  }

  /** The child of a node by name, made where there is none. */
  child(parent: number, name: number): number {
    const found = this.children.find(parent, name);
    if (found >= 0) return found;
    if (this.count === this.name.length) this.grow();
    const node = this.count++;
    this.name[node] = name;
    this.parent[node] = parent;
    this.children.add(node, this.count);
    return node;
  }

  addSelf(node: number, lane: number, value: number): void {
    this.self[node * LANES + lane] += value;
  }

  /** Value below a node whose nodes are not known; `nodes` how many there are. */
  addFolded(node: number, lane: number, value: number, nodes: number): void {
    this.rest[node * LANES + lane] += value;
    if (nodes > 0) this.folded.set(node, (this.folded.get(node) ?? 0) + nodes);
  }

  parentOf(node: number): number {
    return this.parent[node];
  }

  nameAt(node: number): number {
    return this.name[node];
  }

  /** Nodes without a value are left out, as everywhere; the root stays. */
  build(names: readonly string[], sided: boolean): Frames {
    const total = this.totals();
    const order = this.preorder(names.length, total);
    const columns = { name: new Int32Array(order.length), depth: new Uint16Array(order.length), folded: new Map<number, number>() };
    const lanes = [newSide(order.length), newSide(order.length)];
    const depth = new Uint16Array(this.count);
    for (let i = 0; i < order.length; i++) {
      const node = order[i];
      if (i > 0) depth[node] = depth[this.parent[node]] + 1;
      columns.name[i] = this.name[node];
      columns.depth[i] = depth[node];
      for (let lane = 0; lane < LANES; lane++) {
        lanes[lane].self[i] = this.self[node * LANES + lane];
        lanes[lane].total[i] = total[node * LANES + lane];
      }
      const folded = this.folded.get(node);
      if (folded !== undefined) columns.folded.set(i, folded);
    }
    const [left, right] = lanes;
    if (!sided) return buildFrames({ ...columns, names, self: left.self, total: left.total });
    return buildFrames({
      ...columns,
      names,
      self: sum(left.self, right.self),
      total: sum(left.total, right.total),
      sides: { left, right },
    });
  }

  /** Children come after parents, so one pass from the end is enough. */
  private totals(): Float64Array {
    const total = this.self.slice(0, this.count * LANES);
    for (let i = 0; i < total.length; i++) total[i] += this.rest[i];
    for (let node = this.count - 1; node > 0; node--) {
      for (let lane = 0; lane < LANES; lane++) total[this.parent[node] * LANES + lane] += total[node * LANES + lane];
    }
    return total;
  }

  /** Nodes by name, then linked to their parents from the last to the first: so every list of children is in order without a sort. */
  private preorder(names: number, total: Float64Array): Uint32Array {
    const byName = this.sortedByName(names);
    const first = new Int32Array(this.count).fill(-1);
    const next = new Int32Array(this.count).fill(-1);
    for (let i = byName.length - 1; i >= 0; i--) {
      const node = byName[i];
      if (total[node * LANES] + total[node * LANES + 1] <= 0) continue;
      next[node] = first[this.parent[node]];
      first[this.parent[node]] = node;
    }
    const order = new Uint32Array(this.count);
    let count = 0;
    let node = 0;
    while (node >= 0) {
      order[count++] = node;
      if (first[node] >= 0) node = first[node];
      else {
        while (node >= 0 && (node === 0 || next[node] < 0)) node = this.parent[node];
        if (node >= 0) node = next[node];
      }
    }
    return order.subarray(0, count);
  }

  private sortedByName(names: number): Uint32Array {
    const starts = new Uint32Array(names + 1);
    for (let node = 1; node < this.count; node++) starts[this.name[node] + 1]++;
    for (let i = 1; i <= names; i++) starts[i] += starts[i - 1];
    const sorted = new Uint32Array(this.count - 1);
    for (let node = 1; node < this.count; node++) sorted[starts[this.name[node]]++] = node;
    return sorted;
  }

  private grow(): void {
    const length = this.name.length * 2;
    const twice = <T extends Int32Array | Float64Array>(old: T, grown: T): T => {
      grown.set(old);
      return grown;
    };
    this.name = twice(this.name, new Int32Array(length));
    this.parent = twice(this.parent, new Int32Array(length));
    this.self = twice(this.self, new Float64Array(length * LANES));
    this.rest = twice(this.rest, new Float64Array(length * LANES));
  }
}

/** Open addressing over (parent, name); slots hold nodes, keys are read from their columns. */
class ChildTable {
  private slots = new Int32Array(2048).fill(-1);

  constructor(
    private readonly parentOf: (node: number) => number,
    private readonly nameOf: (node: number) => number,
  ) {}

  find(parent: number, name: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    for (let at = hash(parent, name) & mask; slots[at] >= 0; at = (at + 1) & mask) {
      const node = slots[at];
      if (this.parentOf(node) === parent && this.nameOf(node) === name) return node;
    }
    return -1;
  }

  add(node: number, count: number): void {
    if (count * 2 > this.slots.length) {
      this.slots = new Int32Array(this.slots.length * 2).fill(-1);
      for (let old = 1; old < node; old++) this.put(old);
    }
    this.put(node);
  }

  private put(node: number): void {
    const mask = this.slots.length - 1;
    let at = hash(this.parentOf(node), this.nameOf(node)) & mask;
    while (this.slots[at] >= 0) at = (at + 1) & mask;
    this.slots[at] = node;
  }
}

function hash(parent: number, name: number): number {
  const mixed = Math.imul(parent, 0x9e3779b1) ^ Math.imul(name + 1, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

function newSide(length: number): Side {
  return { self: new Float64Array(length), total: new Float64Array(length) };
}

function sum(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + b[i]);
}
