import { describe, expect, it } from 'vitest';
import { complete, completionAt } from '../../../src/profile/selector-completion';
import { fitting } from '../../../src/explore/query/completions';

describe('fitting completions', () => {
  it('are operators first once a label is typed to its end, put behind it', () => {
    const items = fitting(completionAt('{pod}', 4)!, ['pod', 'pod_name'], []);
    expect(items.map((i) => i.text)).toEqual(['=', '!=', '=~', '!~', 'pod_name']);
    expect(complete('{pod}', items[0].place, items[0].text)).toEqual({ text: '{pod=}', caret: 5 });
  });

  it('are labels found by some letters, and say which are used', () => {
    const items = fitting(completionAt('{a="1", sn}', 10)!, ['a', 'service_name', 'pod'], []);
    expect(items.map((i) => i.text)).toEqual(['service_name']);
    expect(fitting(completionAt('{a="1", }', 8)!, ['a', 'b'], []).map((i) => i.note)).toEqual(['used', 'label']);
  });

  it('are values but for the one that stands there', () => {
    const items = fitting(completionAt('{pod="v1"}', 8)!, [], ['v1', 'v1.2', 'w']);
    expect(items.map((i) => i.text)).toEqual(['v1.2']);
  });

  it('are operators that begin as typed', () => {
    expect(fitting(completionAt('{pod!}', 5)!, [], []).map((i) => i.text)).toEqual(['!=', '!~']);
  });
});
