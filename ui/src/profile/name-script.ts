import type { Kind, NameParts } from './packages';

const SCRIPT = /^([^()]*\.(?:[cm]?[jt]sx?|py|pyx|rb|php|erb)):(?:(\d+) - )?(.+)$/; // file:function:line, file:line - function
const PYSPY = /^(.+?) \(((?:[^()]*\/)?[^()/]+\.(?:py|pyx|rb|php))(?::\d+)?\)$/; // function (file:line)
const MODULES = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*\/node_modules\/)/;
const SITE = /(?:^|\/)(?:site-packages|dist-packages)\/([^/]+)/;
const GEM = /\/gems\/([^/]+?)(?:-\d[^/]*)?\//;
const VENDOR = /(?:^|\/)vendor\/([^/]+\/[^/]+)\//;
const STANDARD = /\/lib\/(?:python|ruby)[^/]*\/|^<frozen /;

/** Node, Python, Ruby and PHP, whose names begin or end with their file. */
export function parseScript(name: string): NameParts | null {
  if (name.startsWith('node:')) {
    const colon = name.indexOf(':', 5);
    const module = colon < 0 ? name.slice(5) : name.slice(5, colon);
    const kind = module.startsWith('internal/') && !module.startsWith('internal/deps/') ? 'runtime' : 'library';
    return { package: `node:${module.split('/', 1)[0]}`, functionAt: colon + 1, file: colon < 0 ? name : name.slice(0, colon), kind };
  }
  if (/^:[^:]|^RegExp: |^\((garbage collector|program|idle|root|native)\)$/.test(name)) {
    return { package: 'V8', functionAt: name.startsWith(':') && name[1] !== ':' ? 1 : 0, file: null, kind: 'runtime' };
  }
  const trailing = PYSPY.exec(name);
  if (trailing !== null) return inFile(trailing[2], 0);
  const script = SCRIPT.exec(name);
  return script === null ? null : inFile(script[1], name.length - script[3].length);
}

function inFile(file: string, functionAt: number): NameParts {
  const module = MODULES.exec(file) ?? SITE.exec(file) ?? GEM.exec(file) ?? VENDOR.exec(file);
  if (module !== null) return { package: module[1], functionAt, file, kind: 'library' };
  if (STANDARD.test(file)) return { package: 'standard library', functionAt, file, kind: 'library' };
  const slash = file.lastIndexOf('/');
  return { package: slash > 1 ? file.slice(0, slash) : file, functionAt, file, kind: 'own' };
}

/** Rust (`alloc::vec::Vec<T>::push`), C++ (`std::sort<int*>(int*)`), Ruby (`Cart::Item#add`) and PHP (`App\Cart::add`). */
export function parseScoped(name: string): NameParts | null {
  const from = name.startsWith('<') ? 1 : 0; // <Vec<T> as Extend>::extend is of Vec's crate
  const path = /^[^(<\s]*/.exec(name.slice(from))?.[0] ?? '';
  if (path.includes('\\')) {
    const scope = path.split('::', 1)[0];
    const slash = scope.lastIndexOf('\\');
    return { package: slash > 0 ? scope.slice(0, slash) : scope, functionAt: slash + 1, file: null, kind: 'own' };
  }
  const colons = path.indexOf('::');
  const hash = path.indexOf('#');
  if (colons <= 0 && hash <= 0) return null;
  const root = path.slice(0, colons > 0 ? colons : hash);
  return { package: root, functionAt: from === 1 ? 0 : typeAt(path, hash), file: null, kind: scopedKind(root) };
}

/** Where the type begins: one scope before the function. */
function typeAt(path: string, hash: number): number {
  const last = hash > 0 ? hash : path.lastIndexOf('::');
  const before = path.lastIndexOf('::', last - 1);
  return before < 0 ? 0 : before + 2;
}

function scopedKind(root: string): Kind {
  if (/^(core|alloc|__gnu_cxx|__cxxabiv1|__rust|v8|JVM|RubyVM|Kernel)$/.test(root)) return 'runtime';
  return /^(std|tokio|hyper|serde|serde_json|tower|axum|rayon|crossbeam|boost|absl|google|grpc|folly|rocksdb|ActiveRecord|ActionController|ActiveSupport|Rack|Puma)$/.test(
    root,
  )
    ? 'library'
    : 'own';
}
