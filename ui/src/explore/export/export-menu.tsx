import * as Menu from '@radix-ui/react-dropdown-menu';
import type { Target } from '../../api/selection';
import { useTheme } from '../../app/theme';
import { toast } from '../../app/toasts';
import { saveFile } from '../../ui/save-file';
import { findPath } from '../../profile/frames';
import { parseSelector, pinned, SERVICE } from '../../profile/selector';
import type { ExploreState } from '../../url/explore-state';
import { useStacks } from '../use-stacks';
import { EXPORT_FORMATS, type ExportFormat } from './exports';

export interface ExportMenuProps {
  readonly target: Target;
  readonly state: ExploreState;
  readonly unit: string;
}

/** The selection as a file: the tree as it is shown, or with pprof all of it. */
export function ExportMenu({ target, state, unit }: ExportMenuProps) {
  const { frames } = useStacks(target, state.transforms);
  const theme = useTheme();
  const run = (format: ExportFormat): void => {
    if (!frames) return;
    const name = `${pinned(parseSelector(target.selector).matchers, SERVICE) ?? 'profile'}-${target.type.split(':')[1]}${format.extension}`;
    format
      .make({
        target,
        frames,
        unit,
        colorBy: state.color,
        theme,
        direction: state.direction,
        zoom: Math.max(0, findPath(frames, state.zoom)),
      })
      .then((file) => saveFile(file, name))
      .catch((error: unknown) => toast(error instanceof Error ? error.message : String(error)));
  };
  return (
    <Menu.Root>
      <Menu.Trigger className="button" disabled={frames === null}>
        Export
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="popover" align="end" sideOffset={4}>
          {EXPORT_FORMATS.map((format) => (
            <Menu.Item key={format.id} className="menu-item" onSelect={() => run(format)}>
              {format.title} <small>{format.note}</small>
            </Menu.Item>
          ))}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
