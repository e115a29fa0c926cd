import { useLayoutEffect, useState } from 'react';
import type { ThemeColors } from '../profile/colors';
import type { LabelFont } from './scene';
import { labelFont, themeColors } from './theme-colors';

export interface Style {
  readonly theme: ThemeColors;
  readonly font: LabelFont;
}

/** Colours and font from the style sheet; read again when the theme changes and when the web font has come. */
export function useStyle(
  root: { current: HTMLElement | null },
  canvas: { current: HTMLCanvasElement | null },
  theme: 'dark' | 'light',
): Style | null {
  const [style, setStyle] = useState<Style | null>(null);
  useLayoutEffect(() => {
    let gone = false;
    const read = () => {
      const context = canvas.current?.getContext('2d', { alpha: false });
      if (gone || !context || root.current === null) return;
      setStyle({ theme: themeColors(root.current, theme), font: labelFont(root.current, context) });
    };
    read();
    const family = root.current === null ? '' : getComputedStyle(root.current).getPropertyValue('--mono');
    void document.fonts.load(`11px ${family}`).then((loaded) => loaded.length > 0 && read());
    return () => {
      gone = true;
    };
  }, [root, canvas, theme]);
  return style;
}
