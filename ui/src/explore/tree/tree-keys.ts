import type { TreeRow } from './branches';

export type TreeStep = { readonly kind: 'toggle' } | { readonly kind: 'move'; readonly to: number } | { readonly kind: 'stay' };

/** What ← and → mean in a treegrid: open, then into; close, then out. Null for other keys. */
export function treeKey(key: string, rows: readonly TreeRow[], at: number): TreeStep | null {
  const row = rows[at];
  if (key !== 'ArrowRight' && key !== 'ArrowLeft') return null;
  const isOpen = row.kind === 'branch' && row.isOpen;
  const isLeaf = row.kind === 'note' || row.isLeaf;
  if (key === 'ArrowRight') {
    if (isLeaf) return { kind: 'stay' };
    return isOpen ? { kind: 'move', to: Math.min(at + 1, rows.length - 1) } : { kind: 'toggle' };
  }
  if (isOpen) return { kind: 'toggle' };
  const parent = rows.findLastIndex((other, i) => i < at && other.level < row.level);
  return parent < 0 ? { kind: 'stay' } : { kind: 'move', to: parent };
}
