/** Id of a frame's row in the tree grid. */
export function rowId(prefix: string, node: number): string {
  return `${prefix}-${node}`;
}
