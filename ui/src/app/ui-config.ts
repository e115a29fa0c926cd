import { get } from '../api/question';
import { json, useAnswer, type Decoder } from '../api/use-answer';

/** What the server tells every page before anyone has signed in (`UiConfiguration` in the server). */
export interface UiConfig {
  readonly version: string;
  /** Ways to say who one is; `none` where nobody is asked. */
  readonly auth: readonly ('none' | 'basic' | 'bearer' | 'certificate')[];
  readonly multitenancy: boolean;
  /** Nodes of a flame graph that are drawn unless asked otherwise, and that may be asked; 0: any number. */
  readonly maxNodesDefault: number;
  readonly maxNodesMax: number;
  /** Longest window of a question, and how far back it may reach; 0: any. */
  readonly maxQueryLengthSeconds: number;
  readonly maxQueryLookbackSeconds: number;
  /** Where source code may come from. */
  readonly sources: { readonly github: boolean; readonly gitlab: boolean; readonly other: boolean };
  readonly recordingRules: boolean;
}

const uiConfig: Decoder<UiConfig> = json<UiConfig>('ui-config', (config) => config);
const QUESTION = get('api/v1/ui/config');

/** Null until it is known. */
export function useUiConfig(): UiConfig | null {
  return useAnswer(QUESTION, uiConfig).data ?? null;
}
