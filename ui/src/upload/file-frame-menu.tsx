import { FrameMenu } from '../explore/tools/frame-menu';
import { copyText } from '../ui/copy-text';
import type { UploadState } from '../url/upload-state';

/** A frame that was pressed, and where; client coordinates. */
export interface FrameAt {
  readonly x: number;
  readonly y: number;
  readonly fn: string;
  readonly path: readonly string[];
}

/** What can be done with a frame of a file. */
export function FileFrameMenu({ at, change, close }: FileFrameMenuProps) {
  const commands =
    at === null
      ? []
      : [
          { key: 'Enter', title: 'Zoom in', run: () => change({ zoom: at.path }) },
          { key: '/', title: 'Search for this function', run: () => change({ search: at.fn }) },
          { key: 'c', title: 'Copy name', run: () => void copyText(at.fn, 'the name') },
          { key: 'C', title: 'Copy stack', run: () => void copyText(at.path.join('\n'), 'the stack') },
        ];
  return <FrameMenu at={at === null ? null : { x: at.x, y: at.y, title: at.fn }} commands={commands} close={close} />;
}

interface FileFrameMenuProps {
  readonly at: FrameAt | null;
  change(patch: Partial<UploadState>): void;
  close(): void;
}
