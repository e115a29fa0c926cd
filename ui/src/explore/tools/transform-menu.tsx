import * as Menu from '@radix-ui/react-dropdown-menu';
import { useMemo, useState } from 'react';
import { decodeMatcher } from '../../profile/matcher';
import { encodeTransform, TRANSFORM_LABELS, type Transform } from '../../profile/transforms';
import type { Frames } from '../../profile/frames';
import { presetsFor } from '../../profile/transform-presets';

export interface TransformMenuProps {
  readonly transforms: readonly string[];
  /** What is shown: presets are offered where they would change something. */
  readonly frames: Frames | null;
  onChange(transforms: readonly string[]): void;
}

const WHOLE = ['ownCode', 'collapseAllRecursion', 'collapseAllPackages', 'invert'] as const;
const MATCHING = ['focus', 'showFrom', 'hide', 'merge', 'drop', 'collapseRecursion', 'collapsePackage'] as const;

/** Adds transforms: of all functions, of those that a text matches, or a preset of a language. */
export function TransformMenu({ transforms, frames, onChange }: TransformMenuProps) {
  const [of, setOf] = useState('');
  const presets = useMemo(() => (frames ? presetsFor(frames.names) : []), [frames]);
  const add = (added: readonly Transform[]): void => onChange([...transforms, ...added.map(encodeTransform)]);
  return (
    <Menu.Root>
      <Menu.Trigger className="button button-small" aria-label="Add a transform">
        + Transform
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="popover" align="start" sideOffset={4}>
          {WHOLE.map((kind) => (
            <Menu.Item key={kind} className="menu-item" onSelect={() => add([{ kind, enabled: true }])}>
              {TRANSFORM_LABELS[kind]}
            </Menu.Item>
          ))}
          {presets.length === 0 ? null : <Menu.Label className="menu-label">Presets</Menu.Label>}
          {presets.map((preset) => (
            <Menu.Item key={preset.title} className="menu-item" onSelect={() => add(preset.transforms)}>
              {preset.title}
            </Menu.Item>
          ))}
          <Menu.Label className="menu-label">Of functions: a name, pkg:name or /regex/</Menu.Label>
          <input
            className="field"
            aria-label="Functions: a name, pkg:name or /regex/"
            value={of}
            onChange={(event) => setOf(event.target.value)}
            onKeyDown={(event) => event.key.length === 1 && event.stopPropagation()}
          />
          {MATCHING.map((kind) => (
            <Menu.Item
              key={kind}
              className="menu-item"
              disabled={of.trim() === ''}
              onSelect={() => add([{ kind, match: decodeMatcher(of.trim()), enabled: true }])}
            >
              {TRANSFORM_LABELS[kind]}
            </Menu.Item>
          ))}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
