import { get } from '../api/question';
import { json, useAnswer, type Decoder } from '../api/use-answer';

/** What the server tells every page before anyone has signed in. */
export interface UiConfig {
  readonly version: string;
  readonly multitenancy: boolean;
  /** Ways to say who one is; empty where nobody is asked. */
  readonly authentication: readonly ('basic' | 'bearer')[];
  /** Nodes of a flame graph: what is drawn unless asked otherwise, and what may be asked. */
  readonly maxNodesDefault: number;
  readonly maxNodesLimit: number;
  readonly vcs: boolean;
  readonly recordingRules: boolean;
}

const uiConfig: Decoder<UiConfig> = json<UiConfig>('ui-config', (config) => config);
const QUESTION = get('api/v1/ui/config');

/** Null until it is known. */
export function useUiConfig(): UiConfig | null {
  return useAnswer(QUESTION, uiConfig).data ?? null;
}
