import {
  CHANGE_STEPS,
  changeFill,
  hueFill,
  HUES,
  neutralFill,
  SELF_STEPS,
  selfFill,
  swatch,
  type Swatch,
  type ThemeColors,
} from './colors';
import { nameOf, ROOT_NAME, type Frames } from './frames';
import { partsOf, type Kind, type NameParts } from './packages';

export type ColorBy = 'package' | 'self' | 'kind' | 'file' | 'change';

/** A colour for every node: `swatches[classOf[node]]`. */
export interface ColorTable {
  readonly classOf: Uint8Array;
  readonly swatches: readonly Swatch[];
  /** What the colours mean, largest self first; empty where the meaning is a scale. */
  readonly legend: readonly LegendEntry[];
}

export interface LegendEntry {
  readonly label: string;
  /** Value that ends in functions of this colour. */
  readonly self: number;
  readonly swatch: Swatch;
}

/** `rankedBy`: the tree whose self costs give hues their order, so that two trees side by side have one colour for a package. */
export function colorTable(frames: Frames, by: ColorBy, colors: ThemeColors, rankedBy: Frames = frames): ColorTable {
  switch (by) {
    case 'package':
      return ranked(frames, rankedBy, colors, (parts) => (isNeutral(parts) ? null : parts.package));
    case 'file':
      return ranked(frames, rankedBy, colors, (parts) => parts.file);
    case 'kind':
      return byKind(frames, colors);
    case 'self':
      return scaled(
        frames,
        SELF_STEPS,
        (node) => selfStep(frames, node),
        (step) => swatch(selfFill(step, colors), colors),
      );
    case 'change':
      return scaled(
        frames,
        CHANGE_STEPS,
        (node) => changeStep(changeOf(frames, node)),
        (step) => swatch(changeFill(step, colors), colors),
      );
  }
}

/** Change of a node between two sides, −1 (only left) to 1 (only right); 0 where there are no sides. */
export function changeOf(frames: Frames, node: number): number {
  if (frames.sides === null) return 0;
  const left = frames.sides.left.total[node];
  const right = frames.sides.right.total[node];
  return left + right === 0 ? 0 : (right - left) / (left + right);
}

function isNeutral(parts: NameParts): boolean {
  return parts.kind === 'kernel' || parts.kind === 'runtime' || parts.package === '';
}

/** Class 0 is neutral, 1 to 12 are hues by rank of self cost; where there are more categories than hues, they begin again. */
function ranked(frames: Frames, rankedBy: Frames, colors: ThemeColors, categoryOf: (parts: NameParts) => string | null): ColorTable {
  const categories = frames.names.map((name) => categoryOf(partsOf(name)));
  const ranking = rankedBy === frames ? categories : rankedBy.names.map((name) => categoryOf(partsOf(name)));
  const self = selfBy(rankedBy, (name) => ranking[name]);
  const order = [...self.keys()].filter((key) => key !== null).sort((a, b) => self.get(b)! - self.get(a)! || (a < b ? -1 : 1));
  const rank = new Map(order.map((category, i) => [category, 1 + (i % HUES.length)]));
  const classOfName = Uint8Array.from(categories, (category) => (category === null ? 0 : (rank.get(category) ?? 0)));
  const swatches = [swatch(neutralFill(colors.theme), colors), ...HUES.map((hue) => swatch(hueFill(colors.theme, hue), colors))];
  const legend = order.map((label) => ({ label, self: self.get(label)!, swatch: swatches[rank.get(label)!] }));
  return { classOf: classesOf(frames, classOfName), swatches, legend };
}

const KINDS: readonly Kind[] = ['own', 'library', 'runtime', 'kernel'];
const KIND_HUES: Readonly<Record<Kind, number | null>> = { own: 180, library: 265, runtime: null, kernel: 30 };

function byKind(frames: Frames, colors: ThemeColors): ColorTable {
  const swatches = KINDS.map((kind) => {
    const hue = KIND_HUES[kind];
    return swatch(hue === null ? neutralFill(colors.theme) : hueFill(colors.theme, hue), colors);
  });
  const classOfName = Uint8Array.from(frames.names, (name) => KINDS.indexOf(partsOf(name).kind));
  const self = selfBy(frames, (name) => KINDS[classOfName[name]]);
  const legend = KINDS.flatMap((label, i) => (self.has(label) ? [{ label, self: self.get(label)!, swatch: swatches[i] }] : []));
  return { classOf: classesOf(frames, classOfName, KINDS.indexOf('runtime')), swatches, legend };
}

function selfBy<Key>(frames: Frames, keyOf: (name: number) => Key): Map<Key, number> {
  const ofName = new Float64Array(frames.names.length);
  const { name, self, count } = frames;
  for (let node = 0; node < count; node++) if (name[node] >= 0) ofName[name[node]] += self[node];
  const sums = new Map<Key, number>();
  const used = new Uint8Array(frames.names.length);
  for (let node = 0; node < count; node++) if (name[node] >= 0) used[name[node]] = 1;
  for (let i = 0; i < ofName.length; i++) if (used[i] === 1) sums.set(keyOf(i), (sums.get(keyOf(i)) ?? 0) + ofName[i]);
  return sums;
}

function classesOf(frames: Frames, classOfName: Uint8Array, nameless = 0): Uint8Array {
  const classOf = new Uint8Array(frames.count);
  for (let node = 0; node < frames.count; node++) classOf[node] = frames.name[node] < 0 ? nameless : classOfName[frames.name[node]];
  if (nameOf(frames, 0) === ROOT_NAME) classOf[0] = nameless;
  return classOf;
}

function scaled(frames: Frames, steps: number, stepOf: (node: number) => number, swatchOf: (step: number) => Swatch): ColorTable {
  const classOf = new Uint8Array(frames.count);
  for (let node = 0; node < frames.count; node++) classOf[node] = stepOf(node);
  return { classOf, swatches: Array.from({ length: steps }, (_, step) => swatchOf(step)), legend: [] };
}

/** Logarithmic, because most frames have a thousandth: 0.01 % of the view and less is 0, a tenth and more the last. */
function selfStep(frames: Frames, node: number): number {
  const share = frames.self[node] / frames.total[0];
  const t = share > 0 ? (Math.log10(share) + 4) / 3 : 0;
  return Math.round(Math.min(1, Math.max(0, t)) * (SELF_STEPS - 1));
}

function changeStep(change: number): number {
  return Math.round(((change + 1) / 2) * (CHANGE_STEPS - 1));
}
