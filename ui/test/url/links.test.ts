import { expect, test } from 'vitest';
import { decode } from '../../src/url/codec';
import { compareSchema, sideOf } from '../../src/url/compare-state';
import { exploreSchema } from '../../src/url/explore-state';
import { compareHref, exploreHref, serviceSelector } from '../../src/url/links';

const search = (href: string): string => href.slice(href.indexOf('?'));

test('a link into Compare fills both sides', () => {
  const href = compareHref({ type: 'cpu', selector: '{a="1"}', from: '1', until: '2' }, { file: 'ID' }, 'main.run');
  const state = decode(compareSchema, search(href));
  expect(sideOf(state, 'a')).toMatchObject({ type: 'cpu', selector: '{a="1"}', from: '1', until: '2', file: null });
  expect(sideOf(state, 'b').file).toBe('ID');
  expect(state.fn).toBe('main.run');
});

test('a link into Explore says only what differs from how it opens', () => {
  const selector = serviceSelector('a "b"', [['version', 'v1']]);
  expect(decode(exploreSchema, search(exploreHref({ selector, view: 'sandwich' })))).toMatchObject({ selector, view: 'sandwich' });
  expect(exploreHref({})).toBe('/explore');
});
