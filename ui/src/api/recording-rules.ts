import type { LabelPair } from './labels';
import type { Question } from './question';
import { rpc } from './question';
import { json, type Decoder } from './use-answer';

const SERVICE = 'settings.v1.RecordingRulesService';

/** A question about profiles that becomes a metric. */
export interface RecordingRule {
  /** Empty: the server makes one. */
  readonly id: string;
  readonly metricName: string;
  readonly matchers: readonly string[];
  readonly groupBy: readonly string[];
  readonly externalLabels: readonly LabelPair[];
  /** Of the rule as it was read: the server answers 409 where another change came first. `0`: a new rule. */
  readonly generation: string;
  /** Only stacks with this function count; empty: all. */
  readonly functionName: string;
  /** Set by the configuration, not by a call. */
  readonly provisioned: boolean;
}

interface WireRule {
  readonly id?: string;
  readonly metricName?: string;
  readonly matchers?: string[];
  readonly groupBy?: string[];
  readonly externalLabels?: { readonly name?: string; readonly value?: string }[];
  readonly generation?: string;
  readonly stacktraceFilter?: { readonly functionName?: { readonly functionName?: string } };
  readonly provisioned?: boolean;
}

export const ASK_RULES: Question = rpc(SERVICE, 'ListRecordingRules', {});
export const askDeleteRule = (id: string): Question => rpc(SERVICE, 'DeleteRecordingRule', { id });

export function askUpsertRule(rule: RecordingRule): Question {
  const { id, metricName, matchers, groupBy, externalLabels, generation, functionName } = rule;
  const filter = functionName === '' ? {} : { stacktraceFilter: { functionName: { functionName } } };
  return rpc(SERVICE, 'UpsertRecordingRule', { id, metricName, matchers, groupBy, externalLabels, generation, ...filter });
}

export const recordingRules: Decoder<readonly RecordingRule[]> = json<readonly RecordingRule[], { rules?: WireRule[] }>(
  'recording-rules',
  ({ rules = [] }) => rules.map(ruleOf),
);

export function ruleOf(rule: WireRule): RecordingRule {
  return {
    id: rule.id ?? '',
    metricName: rule.metricName ?? '',
    matchers: rule.matchers ?? [],
    groupBy: rule.groupBy ?? [],
    externalLabels: (rule.externalLabels ?? []).map(({ name = '', value = '' }) => ({ name, value })),
    generation: rule.generation ?? '0',
    functionName: rule.stacktraceFilter?.functionName?.functionName ?? '',
    provisioned: rule.provisioned ?? false,
  };
}
