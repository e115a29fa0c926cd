import type { Kind, NameParts } from './packages';

/** Packages of Go's standard library with one segment; Python's of the same name are no worse off in one colour each. */
const GO_ROOTS = new Set(
  'main runtime sync syscall reflect strconv strings bytes bufio fmt errors context time sort slices maps math os io net log flag regexp unicode unsafe unique iter cmp crypto embed expvar hash html image mime path plugin testing text encoding debug database archive compress container index internal vendor go weak'.split(
    ' ',
  ),
);
const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}\//;

/** Go (`net/http.(*conn).serve`, `main.main.func1`) and Java with slashes (`java/util/HashMap.put`). */
export function parseGo(name: string): NameParts | null {
  const end = bracketFrom(name);
  const slash = name.lastIndexOf('/', end - 1);
  const dot = name.indexOf('.', slash + 1);
  if (dot < 0 || dot >= end || name[dot + 1] === ' ') return null;
  if (slash < 0) {
    const root = name.slice(0, dot);
    if (!GO_ROOTS.has(root) && !name.startsWith('(*', dot + 1)) return null;
    return { package: root, functionAt: dot + 1, file: null, kind: goKind(root) };
  }
  if (name.includes(' ') && name.indexOf(' ') < slash) return null;
  if (/^[A-Z]/.test(name.slice(slash + 1))) {
    const path = name.slice(0, slash);
    return { package: path, functionAt: slash + 1, file: null, kind: javaKind(path.replaceAll('/', '.')) };
  }
  const path = name.slice(0, dot);
  return { package: path, functionAt: dot + 1, file: null, kind: goKind(path) };
}

function goKind(path: string): Kind {
  if (path === 'main') return 'own';
  if (/^(runtime|internal\/runtime|syscall|internal\/poll|sync|internal\/abi)(\/|$)/.test(path)) return 'runtime';
  return DOMAIN.test(`${path}/`) || GO_ROOTS.has(path.split('/', 1)[0]) ? 'library' : 'own';
}

/** .NET (`System.Linq.Enumerable.ToArray`), Java (`com.acme.Cart.add`) and Python (`app.views.index`). */
export function parseDotted(name: string): NameParts | null {
  const end = Math.min(bracketFrom(name), indexOr(name, '('), indexOr(name, ' '));
  const segments = name.slice(0, end).split('.');
  if (segments.length < 2 || segments.some((segment) => segment === '')) return null;
  const generic = /^<.*>\./.test(name.slice(end)); // List<T>.Add, not Parse<T>
  const upper = segments.findIndex((segment) => /^[A-Z_<`]/.test(segment));
  if (upper === 0) return dotnet(segments, generic);
  const package_ = segments.slice(0, upper < 0 ? segments.length - 1 : upper).join('.');
  return { package: package_, functionAt: package_.length + 1, file: null, kind: javaKind(package_) };
}

/** A namespace is what is before the type; the type is the last but one, or the last where generic arguments follow. */
function dotnet(segments: readonly string[], generic: boolean): NameParts {
  const namespace = segments.slice(0, Math.max(0, segments.length - (generic ? 1 : 2)));
  const functionAt = namespace.length === 0 ? 0 : namespace.join('.').length + 1;
  const package_ = (namespace.length === 0 ? segments.slice(0, 1) : namespace.slice(0, 2)).join('.');
  return { package: package_, functionAt, file: null, kind: dotnetKind(package_) };
}

function dotnetKind(package_: string): Kind {
  if (/^(Interop|Internal|System\.Runtime)(\.|$)/.test(package_)) return 'runtime';
  return /^(System|Microsoft|Newtonsoft|Npgsql|Grpc|Google|Serilog|Polly|Dapper|MassTransit|OpenTelemetry|StackExchange)(\.|$)/.test(
    package_,
  )
    ? 'library'
    : 'own';
}

function javaKind(package_: string): Kind {
  if (/^(jdk\.internal|sun|com\.sun|java\.lang|importlib|_frozen)(\.|$)/.test(package_)) return 'runtime';
  return /^(java|javax|jakarta|kotlin|kotlinx|scala|clojure|jdk|org|io\.(netty|grpc|micrometer|quarkus|vertx|reactivex)|reactor|com\.(google|fasterxml|zaxxer)|akka|asyncio|concurrent|threading|socket|django|flask|requests|urllib3|numpy|pandas|fastapi|starlette|uvicorn|gunicorn|werkzeug|sqlalchemy)(\.|$)/.test(
    package_,
  )
    ? 'library'
    : 'own';
}

/** Where generic arguments begin, or the end: dots and slashes within them belong to other types. */
function bracketFrom(name: string): number {
  return Math.min(indexOr(name, '['), indexOr(name, '<'));
}

function indexOr(name: string, text: string): number {
  const at = name.indexOf(text, 1);
  return at < 0 ? name.length : at;
}
