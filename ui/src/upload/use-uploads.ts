import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { adHocFiles } from '../api/adhoc';
import { readBase64 } from './read-base64';
import { refusalOf, unreadable } from './refusal';
import { sendFile } from './send-file';

export interface Upload {
  readonly key: number;
  readonly name: string;
  /** 0 to 1 while it is sent; null once it is there or was refused. */
  readonly progress: number | null;
  /** Why it was refused. */
  readonly error: string | null;
}

export interface Uploads {
  readonly uploads: readonly Upload[];
  send(files: Iterable<File>): void;
  dismiss(key: number): void;
}

let lastKey = 0;

/** Sends files one after the other; the last that arrived is opened. `most` in bytes, 0: any size. */
export function useUploads(most: number, onSent: (id: string) => void): Uploads {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const client = useQueryClient();
  const change = useCallback((key: number, patch: Partial<Upload>) => {
    setUploads((all) => all.map((upload) => (upload.key === key ? { ...upload, ...patch } : upload)));
  }, []);
  const dismiss = useCallback((key: number) => setUploads((all) => all.filter((upload) => upload.key !== key)), []);
  const sendOne = async (file: File): Promise<void> => {
    const key = ++lastKey;
    const error = refusalOf(file.name, file.size, most);
    setUploads((all) => [{ key, name: file.name, progress: error === null ? 0 : null, error }, ...all]);
    if (error !== null) return;
    try {
      const id = await sendFile(file.name, await readBase64(file), (progress) => change(key, { progress }));
      dismiss(key);
      await client.invalidateQueries({ queryKey: [adHocFiles.name] });
      onSent(id);
    } catch (failed) {
      change(key, { progress: null, error: unreadable(failed instanceof Error ? failed.message : String(failed)) });
    }
  };
  const send = (files: Iterable<File>): void => {
    void [...files].reduce((before, file) => before.then(() => sendOne(file)), Promise.resolve());
  };
  return { uploads, send, dismiss };
}
