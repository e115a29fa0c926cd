import type { ThemeColors } from '../profile/colors';
import type { LabelFont } from './scene';

/** Reads the roles that a canvas needs from the style sheet, where they are in force for this element. */
export function themeColors(element: Element, theme: 'dark' | 'light'): ThemeColors {
  const style = getComputedStyle(element);
  const role = (name: string) => style.getPropertyValue(name).trim();
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

/** The monospaced font of labels, measured. */
export function labelFont(element: Element, context: CanvasRenderingContext2D): LabelFont {
  const family = getComputedStyle(element).getPropertyValue('--mono').trim();
  const size = 11;
  context.font = `${size * 10}px ${family}`;
  return { family, size, advance: context.measureText('0').width / 10 };
}
