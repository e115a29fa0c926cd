import type { RecordingRule } from '../api/recording-rules';

/** A recording rule as its form has it: lists are lines or words. */
export interface RuleDraft {
  readonly id: string;
  readonly metricName: string;
  /** One selector a line. */
  readonly matchers: string;
  /** Names, apart by commas or spaces. */
  readonly groupBy: string;
  /** `name=value`, one a line. */
  readonly externalLabels: string;
  readonly functionName: string;
  readonly generation: string;
}

export const NEW_RULE: RuleDraft = {
  id: '',
  metricName: 'profiles_recorded_',
  matchers: '{__profile_type__="process_cpu:cpu:nanoseconds:cpu:nanoseconds"}',
  groupBy: 'service_name',
  externalLabels: '',
  functionName: '',
  generation: '0',
};

export function draftOf(rule: RecordingRule): RuleDraft {
  return {
    id: rule.id,
    metricName: rule.metricName,
    matchers: rule.matchers.join('\n'),
    groupBy: rule.groupBy.join(', '),
    externalLabels: rule.externalLabels.map(({ name, value }) => `${name}=${value}`).join('\n'),
    functionName: rule.functionName,
    generation: rule.generation,
  };
}

/** What the server is sent; whether it is right the server says. */
export function ruleOfDraft(draft: RuleDraft): RecordingRule {
  return {
    id: draft.id.trim(),
    metricName: draft.metricName.trim(),
    matchers: lines(draft.matchers),
    groupBy: draft.groupBy.split(/[\s,]+/).filter((name) => name !== ''),
    externalLabels: lines(draft.externalLabels).map((line) => {
      const equals = line.indexOf('=');
      return equals < 0 ? { name: line, value: '' } : { name: line.slice(0, equals).trim(), value: line.slice(equals + 1).trim() };
    }),
    generation: draft.generation,
    functionName: draft.functionName.trim(),
    provisioned: false,
  };
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
