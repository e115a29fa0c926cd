import { expect, test } from 'vitest';
import { pinsOf, viewsOf } from '../../src/overview/saved-view';

const setting = (name: string, value: string) => ({ name, value, modifiedAt: 1 });

test('views are read from settings; what is none, or leads elsewhere, is left out', () => {
  const views = viewsOf([
    setting('kagari.view.1', '{"title":"b","href":"/explore?q=1"}'),
    setting('kagari.view.2', '{"title":"a","href":"/compare"}'),
    setting('kagari.view.3', '{"title":"evil","href":"https://example.com"}'),
    setting('kagari.view.4', '{"title":"evil","href":"//example.com"}'),
    setting('kagari.view.5', 'no json'),
    setting('theme', 'dark'),
  ]);
  expect(views.map((view) => view.title)).toEqual(['a', 'b']);
});

test('pins are names of services', () => {
  expect(pinsOf([setting('kagari.pin.cart', '1'), setting('other', '1')])).toEqual(new Set(['cart']));
});
