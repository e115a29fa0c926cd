import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { describeZoom, FlameGrid } from '../../src/flame/flame-grid';
import { childrenOf, nameOf } from '../../src/profile/frames';
import { framesOf, randomFrames } from '../profile/random-frames';

describe('the tree grid for screen readers', () => {
  test('has the frame, its callers and its callees, with level, position and size', () => {
    const frames = framesOf([
      { names: ['main', 'idle'], value: 5e9 },
      { names: ['main', 'work', 'inner'], value: 9e9 },
      { names: ['main', 'work'], value: 3e9 },
    ]);
    const work = 3;
    const rows = renderToStaticMarkup(<FlameGrid frames={frames} cursor={work} unit="nanoseconds" id="g" />)
      .split('role="row"')
      .slice(1);
    expect(rows.length).toBe(4);
    expect(rows[0]).toContain('aria-level="1" aria-setsize="1" aria-posinset="1" aria-selected="false" aria-expanded="true"');
    expect(rows[2]).toContain('id="g-3" aria-level="3" aria-setsize="2" aria-posinset="2" aria-selected="true" aria-expanded="true"');
    expect(rows[2]).toContain(
      '<span role="rowheader">work</span><span role="gridcell">total 12 s, 70.6%</span><span role="gridcell">self 3 s, 17.6%</span>',
    );
    expect(rows[3]).toContain('inner');
    expect(rows[3]).not.toContain('aria-expanded');
    expect(describeZoom(frames, work, 'nanoseconds')).toBe('Zoomed to work: 12 s, 70.6%, 1 callees');
  });

  test('of many callees the widest are told, with the size of all', () => {
    const frames = framesOf(Array.from({ length: 200 }, (_, i) => ({ names: [`f${String(i).padStart(3, '0')}`], value: 1 + i })));
    const markup = renderToStaticMarkup(<FlameGrid frames={frames} cursor={0} unit="count" id="g" />);
    expect(markup.split('role="row"').length - 1).toBe(51);
    expect(markup).toContain('aria-setsize="200" aria-posinset="200"');
    expect(markup).not.toContain('>f149<');
  });

  test('has a row for every frame that keys can reach next', () => {
    fc.assert(
      fc.property(randomFrames, fc.nat(), (frames, at) => {
        const cursor = at % frames.count;
        const markup = renderToStaticMarkup(<FlameGrid frames={frames} cursor={cursor} unit="count" id="g" />);
        for (const node of [cursor, ...childrenOf(frames, cursor)]) {
          expect(markup).toContain(`id="g-${node}"`);
          expect(markup).toContain(`<span role="rowheader">${nameOf(frames, node)}</span>`);
        }
        expect(markup.match(/aria-selected="true"/g)?.length).toBe(1);
      }),
    );
  });
});
