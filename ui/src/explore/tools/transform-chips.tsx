import * as Menu from '@radix-ui/react-dropdown-menu';
import { decodeTransform, encodeTransform, TRANSFORM_LABELS, type Transform } from '../../profile/transforms';
import { encodeMatcher } from '../../profile/matcher';
import './transform-chips.css';

export interface TransformChipsProps {
  readonly transforms: readonly string[];
  onChange(transforms: readonly string[]): void;
}

/** The transforms of the tree, in their order. Each can be switched off, moved and removed. */
export function TransformChips({ transforms, onChange }: TransformChipsProps) {
  return (
    <ul className="chips" aria-label="Transforms">
      {transforms.map((text, index) => {
        const transform = decodeTransform(text);
        return transform === null ? null : (
          <li key={`${index} ${text}`}>
            <Chip
              transform={transform}
              isFirst={index === 0}
              isLast={index === transforms.length - 1}
              onToggle={() => onChange(transforms.with(index, encodeTransform({ ...transform, enabled: !transform.enabled })))}
              onMove={(by) => onChange(moved(transforms, index, by))}
              onRemove={() => onChange(transforms.toSpliced(index, 1))}
            />
          </li>
        );
      })}
    </ul>
  );
}

interface ChipProps {
  readonly transform: Transform;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  onToggle(): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}

function Chip({ transform, isFirst, isLast, onToggle, onMove, onRemove }: ChipProps) {
  const title = TRANSFORM_LABELS[transform.kind];
  const of = 'match' in transform ? encodeMatcher(transform.match) : '';
  return (
    <span className="chip" data-enabled={transform.enabled}>
      <Menu.Root>
        <Menu.Trigger className="chip-name" title={`${title} ${of}`}>
          {title} <strong>{of}</strong>
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Content className="popover" align="start" sideOffset={4}>
            <Menu.Item className="menu-item" onSelect={onToggle}>
              {transform.enabled ? 'Switch off' : 'Switch on'}
            </Menu.Item>
            <Menu.Item className="menu-item" disabled={isFirst} onSelect={() => onMove(-1)}>
              Earlier
            </Menu.Item>
            <Menu.Item className="menu-item" disabled={isLast} onSelect={() => onMove(1)}>
              Later
            </Menu.Item>
            <Menu.Item className="menu-item" onSelect={onRemove}>
              Remove
            </Menu.Item>
          </Menu.Content>
        </Menu.Portal>
      </Menu.Root>
      <button type="button" className="chip-remove" aria-label={`Remove: ${title} ${of}`} onClick={onRemove}>
        ×
      </button>
    </span>
  );
}

function moved(list: readonly string[], from: number, by: -1 | 1): readonly string[] {
  const item = list[from];
  return list.toSpliced(from, 1).toSpliced(from + by, 0, item);
}
