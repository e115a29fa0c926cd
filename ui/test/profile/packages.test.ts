import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partsOf } from '../../src/profile/packages';

describe('names of functions', () => {
  // name, package, function, kind, file
  test.each([
    ['net/http.(*conn).serve', 'net/http', '(*conn).serve', 'library', null],
    ['main.labelled.func1.1', 'main', 'labelled.func1.1', 'own', null],
    ['runtime.mallocgc', 'runtime', 'mallocgc', 'runtime', null],
    [
      'github.com/acme/api/handler.Visitor[go.shape.int].Write',
      'github.com/acme/api/handler',
      'Visitor[go.shape.int].Write',
      'library',
      null,
    ],
    ['go.uber.org/zap.(*Logger).Info', 'go.uber.org/zap', '(*Logger).Info', 'library', null],
    ['System.Collections.Generic.List<T>.Add', 'System.Collections', 'List<T>.Add', 'library', null],
    ['System.Linq.Enumerable.ToArray', 'System.Linq', 'Enumerable.ToArray', 'library', null],
    ['Kagari.Storage.ManifestCatalogue.TryLeaseAsync', 'Kagari.Storage', 'ManifestCatalogue.TryLeaseAsync', 'own', null],
    ['Acme.Orders.Core.Serializer.Parse<T>', 'Acme.Orders', 'Serializer.Parse<T>', 'own', null],
    ['Program.Main', 'Program', 'Program.Main', 'own', null],
    ['java/util/HashMap.put', 'java/util', 'HashMap.put', 'library', null],
    ['com.acme.shop.Cart.add', 'com.acme.shop', 'Cart.add', 'own', null],
    ['java.util.HashMap.put', 'java.util', 'HashMap.put', 'library', null],
    ['app.views.index', 'app.views', 'index', 'own', null],
    ['django.core.handlers.base.BaseHandler.get_response', 'django.core.handlers.base', 'BaseHandler.get_response', 'library', null],
    ['handle (app/views.py:12)', 'app', 'handle (app/views.py:12)', 'own', 'app/views.py'],
    ['/usr/lib/python3.11/threading.py:870 - _bootstrap', 'standard library', '_bootstrap', 'library', '/usr/lib/python3.11/threading.py'],
    ['node:internal/util:getCIDR:102', 'node:internal', 'getCIDR:102', 'runtime', 'node:internal/util'],
    ['./web.mjs:visit:62', './web.mjs', 'visit:62', 'own', './web.mjs'],
    [
      './node_modules/@datadog/pprof/out/src/heap.js:convert:72',
      '@datadog/pprof',
      'convert:72',
      'library',
      './node_modules/@datadog/pprof/out/src/heap.js',
    ],
    [':push:0', 'V8', 'push:0', 'runtime', null],
    ['(garbage collector)', 'V8', '(garbage collector)', 'runtime', null],
    ['/app/lib/cart.rb:12 - Cart#add', '/app/lib', 'Cart#add', 'own', '/app/lib/cart.rb'],
    ['ActiveRecord::Base#save', 'ActiveRecord', 'Base#save', 'library', null],
    ['App\\Http\\Controller::index', 'App\\Http', 'Controller::index', 'own', null],
    ['alloc::vec::Vec<T>::push', 'alloc', 'vec::Vec<T>::push', 'runtime', null],
    ['<hyper::Body as core::Drop>::drop', 'hyper', '<hyper::Body as core::Drop>::drop', 'library', null],
    ['shop::cart::add', 'shop', 'cart::add', 'own', null],
    ['std::vector<int>::push_back(int const&)', 'std', 'std::vector<int>::push_back(int const&)', 'library', null],
    ['[libclrjit.so]', '[libclrjit.so]', '[libclrjit.so]', 'runtime', null],
    ['[kernel].do_sys_open', '[kernel]', 'do_sys_open', 'kernel', null],
    ['do_syscall_64', '[kernel]', 'do_syscall_64', 'kernel', null],
    ['malloc', 'libc', 'malloc', 'runtime', null],
    ['libc.so.6!read', 'libc.so.6', 'read', 'runtime', null],
    ['compress_block', '', 'compress_block', 'own', null],
  ])('%s', (name, package_, functionName, kind, file) => {
    const parts = partsOf(name);
    expect([parts.package, name.slice(parts.functionAt), parts.kind, parts.file]).toEqual([package_, functionName, kind, file]);
  });

  test('every text has parts, and some of it is the function', () => {
    const pieces = fc.constantFrom(
      'a',
      'B',
      '.',
      '/',
      ':',
      '::',
      '<',
      '>',
      '(',
      ')',
      '[',
      ']',
      '#',
      '\\',
      ' ',
      '.js',
      'node:',
      '!',
      '$',
      'é',
    );
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 12 }), (list) => {
        const name = list.join('');
        const { functionAt } = partsOf(name);
        expect(functionAt).toBeGreaterThanOrEqual(0);
        expect(functionAt).toBeLessThanOrEqual(name.length);
      }),
      { numRuns: 2000 },
    );
  });
});
