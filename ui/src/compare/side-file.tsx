import * as Popover from '@radix-ui/react-popover';
import { useState } from 'react';
import { adHocFiles, ASK_FILES } from '../api/adhoc';
import { useAnswer } from '../api/use-answer';
import { fuzzyFilter } from '../profile/fuzzy';
import { Listbox } from '../ui/listbox';
import type { Side } from '../url/compare-state';

/** Puts an uploaded file in the place of a selection, and takes it away again. */
export function SideFile({ side, change }: { readonly side: Side; readonly change: (patch: Partial<Side>) => void }) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const files = useAnswer(open || side.file !== null ? ASK_FILES : null, adHocFiles, { stale: 0 });
  const chosen = files.data?.find((f) => f.id === side.file);
  return (
    <>
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger className="button" title="Compare with an uploaded file">
          {side.file === null ? 'File …' : <strong>{chosen?.name ?? side.file}</strong>}
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content className="popover" sideOffset={4} align="end" aria-label="Uploaded files">
            <Listbox
              label="Uploaded files"
              placeholder="An uploaded file"
              text={text}
              onText={setText}
              items={fuzzyFilter(files.data ?? [], text, (f) => f.name)}
              empty={files.isFetching ? 'Loading …' : files.error ? files.error.message : 'No file was uploaded yet: see Upload.'}
              render={(file) => (
                <>
                  <span>{file.name}</span>
                  <small>{new Date(file.uploadedAt).toISOString().slice(0, 16).replace('T', ' ')}</small>
                </>
              )}
              onChoose={(file) => {
                setOpen(false);
                change({ file: file.id, type: '' });
              }}
            />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      {side.file === null ? null : (
        <button type="button" className="button" onClick={() => change({ file: null, type: '' })}>
          Back to a selection
        </button>
      )}
    </>
  );
}
