import { useState } from 'react';
import { askDeleteRule, ASK_RULES, askUpsertRule, recordingRules, type RecordingRule } from '../api/recording-rules';
import { ServerError } from '../api/server-error';
import { nothing, useAction } from '../api/use-action';
import { useAnswer } from '../api/use-answer';
import { useUiConfig } from '../app/ui-config';
import { toast } from '../app/toasts';
import { draftOf, NEW_RULE, ruleOfDraft, type RuleDraft } from './rule-draft';
import { RuleForm } from './rule-form';
import { RulesOff, RulesUnsent } from './rules-off';
import { RulesTable } from './rules-table';
import { Answered, Section } from './section';

/** Questions about profiles that become metrics: listed, made, changed and removed. */
export default function RulesSection() {
  const answer = useAnswer(ASK_RULES, recordingRules, { stale: 0 });
  const isSent = useUiConfig()?.recordingRules ?? true;
  const [draft, setDraft] = useState<RuleDraft | null>(null);
  const save = useAction((rule: RecordingRule) => askUpsertRule(rule), nothing, [recordingRules]);
  const remove = useAction(askDeleteRule, nothing, [recordingRules]);
  const edit = (next: RuleDraft | null): void => {
    save.reset();
    setDraft(next);
  };
  const off = answer.error instanceof ServerError && answer.error.status === 501 ? answer.error : null;
  return (
    <Section
      title="Recording rules"
      note="Sums over new profiles that are sent to Prometheus as metrics (docs/guide/recording-rules.md)."
      tools={
        off || draft ? null : (
          <button type="button" className="button button-primary" onClick={() => edit(NEW_RULE)}>
            New rule
          </button>
        )
      }
    >
      {off ? <RulesOff message={off.message} /> : null}
      {!off && !isSent ? <RulesUnsent /> : null}
      {draft ? (
        <RuleForm
          draft={draft}
          change={(patch) => setDraft({ ...draft, ...patch })}
          isNew={draft.generation === '0'}
          isBusy={save.isPending}
          error={save.error}
          onSave={() =>
            save.mutate(ruleOfDraft(draft), {
              onSuccess: () => {
                toast('Saved.');
                setDraft(null);
              },
            })
          }
          onCancel={() => edit(null)}
        />
      ) : null}
      {off ? null : (
        <Answered answer={answer} scope="read" label="Recording rules">
          {(rules) => (
            <RulesTable
              rules={rules}
              onEdit={(rule) => edit(draftOf(rule))}
              onDelete={(rule) =>
                remove.mutate(rule.id, {
                  onSuccess: () => toast(`Deleted ${rule.id}.`),
                  onError: (error) => toast(`Not deleted: ${error.message}`),
                })
              }
            />
          )}
        </Answered>
      )}
    </Section>
  );
}
