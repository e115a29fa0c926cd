import { optionalText, text, texts, type Schema } from './param';

export interface UploadState {
  /** Id of the file that is open. */
  readonly file: string | null;
  /** Which of its profile types; empty: the first. */
  readonly type: string;
  readonly search: string;
  /** Names from below the root to the frame that fills the width. */
  readonly zoom: readonly string[];
  /** The function that is marked. */
  readonly fn: string | null;
}

export const uploadSchema: Schema<UploadState> = {
  file: optionalText('file'),
  type: text('type'),
  search: text('s'),
  zoom: texts('zoom'),
  fn: optionalText('fn'),
};
