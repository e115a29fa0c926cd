import type { DeletionRequest } from '../api/deletion';
import { isComplete } from './deletion-confirmation';

export function DeletionForm({ request, change, isBusy, onPreview, error }: DeletionFormProps) {
  return (
    <form
      className="admin-form"
      onSubmit={(event) => {
        event.preventDefault();
        onPreview();
      }}
    >
      <label htmlFor="deletion-query">Selector</label>
      <input
        id="deletion-query"
        className="field admin-mono"
        placeholder={'{service_name="shop"}'}
        disabled={request.all}
        value={request.query}
        onChange={(event) => change({ query: event.target.value })}
      />
      <small>A profile type may stand in front of the braces.</small>
      <label className="admin-form-row admin-form-wide">
        <input type="checkbox" checked={request.all} onChange={(event) => change({ all: event.target.checked })} />
        Everything of this tenant
      </label>
      <label htmlFor="deletion-from">From</label>
      <input
        id="deletion-from"
        className="field admin-mono"
        placeholder="2026-01-31, now-30d, 0 for the beginning"
        value={request.from}
        onChange={(event) => change({ from: event.target.value })}
      />
      <label htmlFor="deletion-until">Until</label>
      <input
        id="deletion-until"
        className="field admin-mono"
        placeholder="now"
        value={request.until}
        onChange={(event) => change({ until: event.target.value })}
      />
      <div className="admin-form-wide admin-form-row">
        <button type="submit" className="button button-primary" disabled={!isComplete(request) || isBusy}>
          {isBusy ? 'Counting …' : 'Count what would go'}
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

interface DeletionFormProps {
  readonly request: DeletionRequest;
  change(patch: Partial<DeletionRequest>): void;
  readonly isBusy: boolean;
  onPreview(): void;
  readonly error: Error | null;
}
