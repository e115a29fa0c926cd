import { describe, expect, it } from 'vitest';
import { compareAddress, onlyValue, pickLetter, togglePick, withoutValue } from '../../../src/explore/labels/picks';
import { decode } from '../../../src/url/codec';
import { compareSchema, sideOf } from '../../../src/url/compare-state';

describe('picks', () => {
  it('are A and then B; a third takes the place of B', () => {
    const two = togglePick(togglePick([], 'x'), 'y');
    expect([pickLetter(two, 'x'), pickLetter(two, 'y'), pickLetter(two, 'z')]).toEqual(['A', 'B', null]);
    expect(togglePick(two, 'z')).toEqual(['x', 'z']);
    expect(togglePick(two, 'x')).toEqual(['y']);
  });

  it('lead to a comparison of both over the same time', () => {
    const selection = {
      type: 't:a:b::',
      selector: '{service_name="cart", pod="x"}',
      from: 'now-2h',
      until: 'now',
      range: { from: 1, until: 2 },
    };
    const address = compareAddress(selection, 'pod', ['x', 'y;"']);
    const state = decode(compareSchema, address.replace('/compare', ''));
    expect(sideOf(state, 'a')).toMatchObject({ ...selection, selector: '{service_name="cart", pod="x"}' });
    expect(sideOf(state, 'b')).toMatchObject({ ...selection, selector: String.raw`{service_name="cart", pod="y;\""}` });
  });

  it('narrow a selector', () => {
    expect(onlyValue('{a="1", b=~".*"}', 'b', 'x')).toBe('{a="1", b="x"}');
    expect(withoutValue('{a="1"}', 'b', '')).toBe('{a="1", b!=""}');
  });
});
