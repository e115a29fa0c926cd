/** Where the function begins in a name such as `net/http.(*conn).serve`: what is before is its package. */
export function splitName(name: string): number {
  const paths = name.search(/[<(\s]/);
  const end = paths < 0 ? name.length : Math.max(paths, 1);
  const slash = name.lastIndexOf('/', end - 1);
  const dot = slash >= 0 ? name.indexOf('.', slash) : name.lastIndexOf('.', name.lastIndexOf('.', end - 1) - 1);
  return dot >= 0 && dot + 1 < name.length ? dot + 1 : 0;
}
