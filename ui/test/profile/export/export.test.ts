import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCollapsed } from '../../../src/profile/export/collapsed';
import { toFlamebearer } from '../../../src/profile/export/flamebearer';
import { toHtml } from '../../../src/profile/export/html';
import { toSpeedscope } from '../../../src/profile/export/speedscope';
import { eachStack } from '../../../src/profile/export/stacks';
import { escape, toSvg } from '../../../src/profile/export/svg';
import { buildFrames } from '../../../src/profile/frame-builder';
import { DARK } from '../../flame/themes';
import { foldedStacks, framesOf, randomFrames, stacks } from '../random-frames';

const example = framesOf([
  { names: ['main', 'work', 'inner'], value: 9 },
  { names: ['main', 'work'], value: 3 },
  { names: ['main', 'idle'], value: 5 },
]);

const cut = buildFrames({
  names: ['main'],
  name: Int32Array.of(-1, 0),
  depth: Uint16Array.of(0, 1),
  self: Float64Array.of(0, 2),
  total: Float64Array.of(9, 9),
  folded: new Map([[1, 4]]),
});

describe('exports', () => {
  test('stacks of a tree are those it was built of', () => {
    fc.assert(
      fc.property(stacks, (list) => {
        const frames = framesOf(list);
        const seen = new Map<string, number>();
        eachStack(frames, (names, value) => seen.set(names.join(';'), value));
        expect(seen).toEqual(foldedStacks(frames));
      }),
    );
  });

  test('collapsed text has a line per stack, and what is folded', () => {
    expect(toCollapsed(example)).toBe('main;idle 5\nmain;work 3\nmain;work;inner 9\n');
    expect(toCollapsed(cut)).toBe('main 2\nmain;[folded] 7\n');
    expect(
      toCollapsed(
        framesOf([
          { names: ['a;b\nc'], value: 1 },
          { names: [], value: 2 },
        ]),
      ),
    ).toBe('total 2\na:b c 1\n');
  });

  test('speedscope has the stacks with their weights', () => {
    fc.assert(
      fc.property(stacks, (list) => {
        const frames = framesOf(list);
        const file = JSON.parse(toSpeedscope(frames, 'cpu', 'nanoseconds')) as SpeedscopeFile;
        const [profile] = file.profiles;
        expect(profile.unit).toBe('nanoseconds');
        expect(profile.endValue).toBe(frames.total[0]);
        const read = profile.samples.map(
          (sample, i) => [sample.map((at) => file.shared.frames[at].name).join(';'), profile.weights[i]] as const,
        );
        expect(new Map(read)).toEqual(foldedStacks(frames));
      }),
    );
  });

  test('flamebearer has the levels of the format page', () => {
    const { flamebearer } = JSON.parse(toFlamebearer(example, { title: 'cpu', unit: 'samples', sampleRate: 1e9 })) as FlamebearerFile;
    const named = flamebearer.levels.map((level) => level.map((value, i) => (i % 4 === 3 ? flamebearer.names[value] : value)));
    expect(named).toEqual([
      [0, 17, 0, 'total'],
      [0, 17, 0, 'main'],
      [0, 5, 5, 'idle', 0, 12, 3, 'work'],
      [8, 9, 9, 'inner'],
    ]);
    expect([flamebearer.numTicks, flamebearer.maxSelf]).toEqual([17, 9]);
    const other = JSON.parse(toFlamebearer(cut, { title: 'cpu', unit: 'samples', sampleRate: 1e9 })) as FlamebearerFile;
    expect(other.flamebearer.levels[2]).toEqual([2, 7, 7, other.flamebearer.names.indexOf('other')]);
  });

  test('two sides have seven numbers a node', () => {
    const sides = { left: { self: example.self, total: example.total }, right: { self: example.self, total: example.total } };
    const file = JSON.parse(toFlamebearer({ ...example, sides }, { title: '', unit: 'samples', sampleRate: 1 })) as FlamebearerFile;
    expect(file.metadata.format).toBe('double');
    expect(file.leftTicks).toBe(17);
    expect(file.flamebearer.levels[3]).toEqual([8, 9, 9, 8, 9, 9, file.flamebearer.names.indexOf('inner')]);
  });

  test('a picture has a bar and a tooltip for every frame that is wide enough, and no markup from names', () => {
    fc.assert(
      fc.property(randomFrames, fc.string({ unit: 'binary' }), (frames, title) => {
        const svg = toSvg(frames, { title, unit: 'count', colorBy: 'package', colors: DARK, width: 4000 });
        const wide = [...frames.total].filter((total) => (total / frames.total[0]) * 4000 >= 0.3).length;
        expect(svg.split('<title>').length - 1).toBe(wide);
        expect(svg.split('<').length).toBe(svg.split('>').length);
      }),
      { numRuns: 30 },
    );
    expect(escape('<T>&"\u0000\ud800')).toBe('&lt;T&gt;&amp;&quot;\ufffd\ufffd');
  });

  test('a page carries the whole tree, and no name can end its script', () => {
    const frames = framesOf([{ names: ['</script><script>alert(1)</script>', 'é'], value: 3 }]);
    const page = toHtml(frames, { title: '<b>', unit: 'count', colorBy: 'package', colors: DARK });
    expect(page).not.toContain('alert(1)');
    expect(page).toContain('<title>&lt;b&gt;</title>');
    const data = /id="data">([^<]*)</.exec(page)![1];
    const read = JSON.parse(Buffer.from(data, 'base64').toString('utf8')) as { names: string[]; total: number[] };
    expect(read.names).toEqual(frames.names);
    expect(read.total).toEqual([...frames.total]);
  });
});

interface SpeedscopeFile {
  shared: { frames: { name: string }[] };
  profiles: { unit: string; endValue: number; samples: number[][]; weights: number[] }[];
}

interface FlamebearerFile {
  flamebearer: { names: string[]; levels: number[][]; numTicks: number; maxSelf: number };
  metadata: { format: string };
  leftTicks: number;
}
