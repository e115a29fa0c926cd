import { useRef, useState, type DragEvent } from 'react';
import './drop-zone.css';
import { EXTENSIONS } from './refusal';
import type { Upload, Uploads } from './use-uploads';

/** Where files are dropped, or chosen by a button; below it what is under way and what was refused. */
export function DropZone({ uploads: { uploads, send, dismiss } }: { readonly uploads: Uploads }) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    send(event.dataTransfer.files);
  };
  return (
    <div
      className="drop-zone"
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>Drop profiles here, or</p>
      <button type="button" className="button button-primary" onClick={() => input.current?.click()}>
        Choose files
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={`${EXTENSIONS},*`}
        onChange={(event) => {
          send([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <small>pprof, JFR, .nettrace, speedscope, .cpuprofile, .heapprofile, perf script, folded stacks; gzip too</small>
      <ul aria-live="polite">
        {uploads.map((upload) => (
          <OneUpload key={upload.key} upload={upload} onDismiss={() => dismiss(upload.key)} />
        ))}
      </ul>
    </div>
  );
}

function OneUpload({ upload: { name, progress, error }, onDismiss }: { readonly upload: Upload; readonly onDismiss: () => void }) {
  return (
    <li className="drop-zone-upload" data-failed={error !== null}>
      {error === null ? (
        <>
          <span>{progress === 1 ? `${name} is being read` : `Sending ${name}`}</span>
          <progress aria-label={`Sending ${name}`} max={1} value={progress ?? 1} />
        </>
      ) : (
        <>
          <span role="alert">{error}</span>
          <button type="button" className="button button-small" onClick={onDismiss} aria-label={`Dismiss the refusal of ${name}`}>
            ×
          </button>
        </>
      )}
    </li>
  );
}
