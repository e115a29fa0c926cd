import { ROOT_NAME, type Frames } from '../frames';
import { eachStack } from './stacks';

/**
 * "a;b;c 12" a line, as flamegraph.pl and its kin read it. Values are whole numbers there; `;` and line ends cannot be in names and become `:` and
 * a space.
 */
export function toCollapsed(frames: Frames): string {
  const lines: string[] = [];
  eachStack(frames, (names, value) => {
    const stack = names.length === 0 ? ROOT_NAME : names.map(clean).join(';');
    const whole = Math.round(value);
    if (whole > 0) lines.push(`${stack} ${whole}\n`);
  });
  return lines.join('');
}

function clean(name: string): string {
  return name.replaceAll(';', ':').replace(/[\r\n]+/g, ' ');
}
