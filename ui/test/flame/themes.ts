import { readFileSync } from 'node:fs';
import type { ThemeColors } from '../../src/profile/colors';

const palette = style('palette.css');
const roles = style('roles.css');

/** The colours of a theme as the style sheets have them. */
function themeOf(theme: 'dark' | 'light', selector: RegExp): ThemeColors {
  const block = selector.exec(roles)![1];
  const role = (name: string) => {
    const variable = new RegExp(`${name}: var\\((--[\\w-]+)\\)`).exec(block)![1];
    return new RegExp(`${variable}: (#[\\da-f]+)`).exec(palette)![1];
  };
  return {
    theme,
    background: role('--bg-0'),
    inks: theme === 'dark' ? [role('--bg-0'), role('--text-1')] : [role('--text-1'), role('--bg-1')],
    less: role('--less'),
    same: role('--same'),
    more: role('--more'),
    accent: role('--accent'),
    tick: role('--line-2'),
    folded: role('--bg-2'),
    weakInk: role('--text-2'),
  };
}

function style(name: string): string {
  return readFileSync(new URL(`../../src/styles/${name}`, import.meta.url), 'utf8');
}

export const DARK = themeOf('dark', /\[data-theme='dark'\] \{([^}]*)\}/);
export const LIGHT = themeOf('light', /\[data-theme='light'\] \{([^}]*)\}/);
