/** How a key of a command is written: `Ctrl K`, `Shift N`, `↑`. */
export function keyTitle(key: string): string {
  const held = key.startsWith('Ctrl ');
  const bare = held ? key.slice(5) : key;
  const named: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', ' ': 'Space' };
  const shown = named[bare] ?? (held ? bare.toUpperCase() : /^[A-Z]$/.test(bare) ? `Shift ${bare}` : bare);
  return held ? `Ctrl ${shown}` : shown;
}
