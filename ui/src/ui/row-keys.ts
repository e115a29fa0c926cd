/** Where a key moves within rows; null for keys that do not move. `page` rows fit. */
export function movedRow(key: string, row: number, count: number, page: number): number | null {
  const to = target(key, row, count, page);
  return to === null || count === 0 ? null : Math.max(0, Math.min(count - 1, to));
}

function target(key: string, row: number, count: number, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return row + 1;
    case 'ArrowUp':
      return row - 1;
    case 'PageDown':
      return row + page;
    case 'PageUp':
      return row - page;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
