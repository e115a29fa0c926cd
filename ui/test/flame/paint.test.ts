import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { colorTable, type ColorBy } from '../../src/profile/color-classes';
import { ROW_HEIGHT, contentHeight, depthAt, rowTop, scrollToRow, seenRows, type Geometry } from '../../src/flame/geometry';
import { hitTest } from '../../src/flame/hit-test';
import { clip, fitLabel } from '../../src/flame/labels';
import { paint } from '../../src/flame/paint';
import type { Surface } from '../../src/flame/rect-batch';
import type { Scene } from '../../src/flame/scene';
import { buildFrames } from '../../src/profile/frame-builder';
import { nameOf, type Frames } from '../../src/profile/frames';
import { compareFrames } from '../../src/profile/merge';
import { framesOf, randomFrames } from '../profile/random-frames';
import { DARK } from './themes';

interface Rect {
  readonly fill: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Keeps what is drawn instead of drawing it. */
class Recorder {
  fillStyle = '';
  font = '';
  textBaseline = '';
  strokeStyle = '';
  lineWidth = 1;
  readonly rects: Rect[] = [];
  readonly texts: { readonly text: string; readonly x: number; readonly y: number }[] = [];
  outlines = 0;
  strokes = 0;
  fillRect(x: number, y: number, width: number): void {
    this.rects.push({ fill: this.fillStyle, x, y, width });
  }
  fillText(text: string, x: number, y: number): void {
    this.texts.push({ text, x, y });
  }
  measureText(text: string): { width: number } {
    return { width: text.length * 6.6 };
  }
  strokeRect(): void {
    this.outlines++;
  }
  stroke(): void {
    this.strokes++;
  }
  save(): void {}
  restore(): void {}
  beginPath(): void {}
  rect(): void {}
  clip(): void {}
  moveTo(): void {}
  lineTo(): void {}
}

function sceneOf(frames: Frames, width: number, by: ColorBy = 'package', more: Partial<Scene> = {}): Scene {
  return {
    frames,
    view: { left: 0, right: frames.total[0] },
    geometry: { direction: 'icicle', rows: frames.rows.length, scrollTop: 0, width, height: frames.rows.length * ROW_HEIGHT },
    colors: colorTable(frames, by, DARK),
    theme: DARK,
    hits: null,
    font: { family: 'mono', size: 11, advance: 6.6 },
    ratio: 1,
    moving: false,
    ...more,
  };
}

function draw(scene: Scene): Recorder {
  const recorder = new Recorder();
  paint(recorder as unknown as Surface, scene);
  return recorder;
}

const example = framesOf([
  { names: ['main.main', 'net/http.(*conn).serve'], value: 800 },
  { names: ['main.main', 'runtime.mallocgc'], value: 199 },
  { names: ['tiny'], value: 1 },
]);

describe('drawing', () => {
  test('what is under the middle of a drawn bar is a frame of its colour', () => {
    fc.assert(
      fc.property(
        randomFrames,
        fc.integer({ min: 20, max: 800 }),
        fc.constantFrom('icicle' as const, 'flame' as const),
        (frames, width, direction) => {
          const scene = sceneOf(frames, width);
          const turned = { ...scene, geometry: { ...scene.geometry, direction } };
          const [, ...bars] = draw(turned).rects;
          for (const { x, y, width: w, fill } of bars.filter((bar) => bar.fill !== DARK.tick && bar.width > 2)) {
            const hit = hitTest(frames, depthAt(turned.geometry, y + ROW_HEIGHT / 2), x + w / 2, width, turned.view);
            expect(hit?.kind).toBe('frame');
            expect(turned.colors.swatches[turned.colors.classOf[hit!.node]].fill).toBe(fill);
          }
          expect(bars.length).toBeGreaterThanOrEqual(frames.rows.length);
        },
      ),
    );
  });

  test('labels are whole, else without package, else cut, else none; in motion there are none', () => {
    const texts = (width: number) => draw(sceneOf(example, width)).texts.map(({ text }) => text);
    expect(texts(400)).toEqual(['total', 'main.', 'main', 'net/http.', '(*conn).serve', 'mallocgc']);
    expect(texts(160)).toEqual(['total', 'main.', 'main', '(*conn).serve', 'ma…']);
    expect(draw(sceneOf(example, 400, 'package', { moving: true })).texts).toEqual([]);
  });

  test('a label fits its columns and is never half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-composite', minLength: 1 }), fc.integer({ min: 0, max: 20 }), (name, room) => {
        const frames = framesOf([{ names: [name], value: 1 }]);
        const label = fitLabel(frames, 1, room);
        if (label === null) return;
        const text = label.dim + label.text;
        expect(text.length).toBeLessThanOrEqual(Math.max(room, 0));
        expect(text.isWellFormed()).toBe(name.isWellFormed() || text.isWellFormed());
        if (nameOf(frames, 1).length <= room) expect(text).toBe(name);
      }),
    );
    expect(clip('a😀😀', 4)).toBe('a😀…');
  });

  test('a search fades what does not match, and lights runs with a match', () => {
    const hits = Uint8Array.from(example.name, (_, node) =>
      nameOf(example, node) === 'tiny' || nameOf(example, node) === 'main.main' ? 1 : 0,
    );
    const scene = sceneOf(example, 400, 'package', { hits });
    const fills = draw(scene).rects.map((rect) => rect.fill);
    const swatch = (name: string) =>
      scene.colors.swatches[scene.colors.classOf[[...example.name].findIndex((_, node) => nameOf(example, node) === name)]];
    expect(fills).toContain(swatch('main.main').fill);
    expect(fills).toContain(swatch('runtime.mallocgc').faded);
    expect(fills).toContain(DARK.accent);
  });

  test('in a comparison glyphs and marks tell the direction without colour', () => {
    const left = framesOf([
      { names: ['both'], value: 10 },
      { names: ['left'], value: 10 },
    ]);
    const right = framesOf([
      { names: ['both'], value: 30 },
      { names: ['right'], value: 10 },
    ]);
    const drawn = draw(sceneOf(compareFrames(left, right), 800, 'change'));
    expect(drawn.texts.map(({ text }) => text)).toEqual(['▲ ', 'total', '▲ ', 'both', '▼ ', 'left', '▲ ', 'right']);
    expect([drawn.outlines, drawn.strokes]).toEqual([1, 1]);
  });

  test('what is folded is drawn below its frame, with how much it is', () => {
    const frames = buildFrames({
      names: ['a', 'b'],
      name: Int32Array.of(-1, 0, 1),
      depth: Uint16Array.of(0, 1, 2),
      self: Float64Array.of(0, 100, 300),
      total: Float64Array.of(1000, 1000, 300),
      folded: new Map([[1, 12]]),
    });
    const scene = sceneOf(frames, 1000);
    const drawn = draw(scene);
    expect(drawn.rects.find((rect) => rect.fill === DARK.folded)).toEqual({ fill: DARK.folded, x: 300, y: 2 * ROW_HEIGHT, width: 599 });
    expect(drawn.texts.at(-1)).toEqual({ text: '12 folded', x: 304, y: 2.5 * ROW_HEIGHT });
    expect(hitTest(frames, 2, 500, 1000, scene.view)).toEqual({ kind: 'folded', node: 1 });
    expect(hitTest(frames, 2, 950, 1000, scene.view)).toBeNull();
  });
});

describe('rows', () => {
  const geometries: fc.Arbitrary<Geometry> = fc.record({
    direction: fc.constantFrom('icicle' as const, 'flame' as const),
    rows: fc.integer({ min: 1, max: 200 }),
    scrollTop: fc.integer({ min: 0, max: 1000 }),
    width: fc.constant(100),
    height: fc.integer({ min: 20, max: 900 }),
  });

  test('a row is where a point of it is, and those that are seen are drawn', () => {
    fc.assert(
      fc.property(geometries, fc.nat({ max: 199 }), fc.integer({ min: 0, max: ROW_HEIGHT - 1 }), (geometry, at, offset) => {
        const depth = at % geometry.rows;
        expect(depthAt(geometry, rowTop(geometry, depth) + offset)).toBe(depth);
        const { first, last } = seenRows(geometry);
        const seen = rowTop(geometry, depth) > -ROW_HEIGHT && rowTop(geometry, depth) < geometry.height;
        expect(depth >= first && depth <= last).toBe(seen);
      }),
    );
  });

  test('a row that was scrolled to is seen whole', () => {
    fc.assert(
      fc.property(geometries, fc.nat({ max: 199 }), (geometry, at) => {
        const depth = at % geometry.rows;
        const top = rowTop({ ...geometry, scrollTop: scrollToRow(geometry, depth) }, depth);
        const content = contentHeight(geometry) - geometry.height;
        if (geometry.scrollTop > content) return; // a place that no scroll bar goes to
        expect(top).toBeGreaterThanOrEqual(0);
        expect(top + ROW_HEIGHT).toBeLessThanOrEqual(geometry.height);
      }),
    );
  });
});
