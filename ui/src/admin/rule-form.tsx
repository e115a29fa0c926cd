import type { RuleDraft } from './rule-draft';

/** A recording rule being made or changed. The server checks it; its words stand below. */
export function RuleForm({ draft, change, isNew, isBusy, error, onSave, onCancel }: RuleFormProps) {
  return (
    <form
      className="admin-form"
      aria-label={isNew ? 'New recording rule' : `Recording rule ${draft.id}`}
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      <Text id="id" label="Id" value={draft.id} disabled={!isNew} onChange={(id) => change({ id })} />
      <small>Letters only; left empty, the server makes one.</small>
      <Text id="metric" label="Metric" value={draft.metricName} onChange={(metricName) => change({ metricName })} />
      <Lines id="matchers" label="Selectors" value={draft.matchers} onChange={(matchers) => change({ matchers })} />
      <small>One a line; all must match. Exactly one names __profile_type__ with “=”.</small>
      <Text id="by" label="Group by" value={draft.groupBy} onChange={(groupBy) => change({ groupBy })} />
      <Lines id="labels" label="Labels added" value={draft.externalLabels} onChange={(externalLabels) => change({ externalLabels })} />
      <small>name=value, one a line.</small>
      <Text id="function" label="Function" value={draft.functionName} onChange={(functionName) => change({ functionName })} />
      <small>Only stacks with this function count; empty: all.</small>
      <div className="admin-form-wide admin-form-row">
        <button type="submit" className="button button-primary" disabled={isBusy}>
          {isNew ? 'Create' : 'Save'}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
      {error ? (
        <p role="alert" className="admin-refused admin-form-wide">
          {error.message}
        </p>
      ) : null}
    </form>
  );
}

function Text({ id, label, value, disabled = false, onChange }: FieldProps) {
  return (
    <>
      <label htmlFor={`rule-${id}`}>{label}</label>
      <input
        id={`rule-${id}`}
        className="field admin-mono"
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
      />
    </>
  );
}

function Lines({ id, label, value, onChange }: FieldProps) {
  return (
    <>
      <label htmlFor={`rule-${id}`}>{label}</label>
      <textarea
        id={`rule-${id}`}
        className="field admin-mono"
        rows={2}
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </>
  );
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly disabled?: boolean;
  onChange(value: string): void;
}

interface RuleFormProps {
  readonly draft: RuleDraft;
  change(patch: Partial<RuleDraft>): void;
  readonly isNew: boolean;
  readonly isBusy: boolean;
  readonly error: Error | null;
  onSave(): void;
  onCancel(): void;
}
