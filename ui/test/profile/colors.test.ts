import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { colorTable } from '../../src/profile/color-classes';
import { CHANGE_STEPS, changeFill, HUES, hueFill, inkOn, neutralFill, SELF_STEPS, selfFill, swatch } from '../../src/profile/colors';
import { contrast, fromHex, mixOklab, toHex, type Rgb } from '../../src/profile/oklch';
import { DARK, LIGHT } from '../flame/themes';
import { framesOf, randomFrames } from './random-frames';

const themes = [DARK, LIGHT];

describe('colours of frames', () => {
  test('trees side by side have one colour for a package, by the rank of the tree they are given', () => {
    const left = framesOf([
      { names: ['alpha.run', 'beta.work'], value: 9 },
      { names: ['alpha.run'], value: 1 },
    ]);
    const right = framesOf([
      { names: ['alpha.run'], value: 9 },
      { names: ['alpha.run', 'beta.work'], value: 1 },
    ]);
    const nodeOf = (frames: typeof left, name: string) => frames.name.indexOf(frames.names.indexOf(name));
    const swatchOf = (frames: typeof left, name: string) => {
      const table = colorTable(frames, 'package', DARK, left);
      return table.swatches[table.classOf[nodeOf(frames, name)]].fill;
    };
    for (const name of ['alpha.run', 'beta.work']) expect(swatchOf(right, name)).toBe(swatchOf(left, name));
    expect(swatchOf(left, 'alpha.run')).not.toBe(swatchOf(left, 'beta.work'));
  });

  test('labels on every hue have a contrast of 6.3 in dark and 8.5 in light', () => {
    expect(new Set(HUES.map(Math.round)).size).toBe(12);
    for (const colors of themes) {
      const least = colors.theme === 'dark' ? 6.3 : 8.5;
      for (const hue of HUES) {
        const fill = hueFill(colors.theme, hue);
        expect(contrast(inkOn(fill, colors), fill)).toBeGreaterThanOrEqual(least);
      }
      expect(contrast(inkOn(neutralFill(colors.theme), colors), neutralFill(colors.theme))).toBeGreaterThanOrEqual(
        least === 6.3 ? 6.3 : 8.5,
      );
    }
  });

  test('every ink that is ever drawn has a contrast of 4.5', () => {
    for (const colors of themes) {
      const fills: Rgb[] = [neutralFill(colors.theme), ...HUES.map((hue) => hueFill(colors.theme, hue))];
      for (let step = 0; step < CHANGE_STEPS; step++) fills.push(changeFill(step, colors));
      for (let step = 0; step < SELF_STEPS; step++) fills.push(selfFill(step, colors));
      for (const fill of fills) {
        const { ink, dim, faded, fadedInk } = swatch(fill, colors);
        for (const [one, other] of [
          [ink, toHex(fill)],
          [dim, toHex(fill)],
          [fadedInk, faded],
        ]) {
          expect(contrast(fromHex(one), fromHex(other))).toBeGreaterThanOrEqual(4.45);
        }
      }
    }
  });

  test('mixing runs from one colour to the other', () => {
    const channel = fc.integer({ min: 0, max: 255 }).map((n) => n / 255);
    const color = fc.tuple(channel, channel, channel);
    fc.assert(
      fc.property(color, color, (a, b) => {
        expect(toHex(mixOklab(a, b, 0))).toBe(toHex(a));
        expect(toHex(mixOklab(a, b, 1))).toBe(toHex(b));
        expect(fromHex(toHex(a)).map((c) => Math.round(c * 255))).toEqual(a.map((c) => Math.round(c * 255)));
      }),
    );
  });

  test('every way to colour gives every node a swatch', () => {
    fc.assert(
      fc.property(randomFrames, fc.constantFrom('package', 'self', 'kind', 'file', 'change' as const), (frames, by) => {
        const table = colorTable(frames, by, DARK);
        expect(table.classOf.length).toBe(frames.count);
        for (const at of table.classOf) expect(at).toBeLessThan(table.swatches.length);
      }),
    );
  });

  test('the packages that cost most have hues of their own, the runtime has none', () => {
    const frames = framesOf([
      { names: ['main.run', 'app/cart.Add'], value: 50 },
      { names: ['main.run', 'app/pay.Pay'], value: 30 },
      { names: ['main.run', 'runtime.mallocgc'], value: 90 },
    ]);
    const table = colorTable(frames, 'package', DARK);
    const fill = (name: string) =>
      table.swatches[table.classOf[frames.names.indexOf(name) < 0 ? 0 : [...frames.name].indexOf(frames.names.indexOf(name))]].fill;
    expect(table.legend.map((entry) => entry.label)).toEqual(['app/cart', 'app/pay', 'main']);
    expect(fill('app/cart.Add')).toBe(toHex(hueFill('dark', HUES[0])));
    expect(fill('runtime.mallocgc')).toBe(toHex(neutralFill('dark')));
    expect(fill('main.run')).toBe(toHex(hueFill('dark', HUES[2])));
  });
});
