import { useState } from 'react';
import { askDeletion, deletion, type DeletionRequest } from '../api/deletion';
import { useAction } from '../api/use-action';
import { toast } from '../app/toasts';
import { formatValue, grouped } from '../profile/units';
import { DeletionForm } from './deletion-form';
import { confirmationOf, isConfirmed } from './deletion-confirmation';
import { MatchedTable } from './matched-table';
import { Section } from './section';

/** Deletes profiles by selector and time: what would go is counted first, and the deletion is confirmed by typing what it is of. */
export default function DeletionSection() {
  const [request, setRequest] = useState<DeletionRequest>({ query: '', all: false, from: '', until: '' });
  const [typed, setTyped] = useState('');
  const preview = useAction((asked: DeletionRequest) => askDeletion(asked, true), deletion);
  const deleting = useAction((asked: DeletionRequest) => askDeletion(asked, false), deletion);
  const change = (patch: Partial<DeletionRequest>): void => {
    setRequest((before) => ({ ...before, ...patch }));
    // What was counted is not what is asked any more.
    preview.reset();
    deleting.reset();
    setTyped('');
  };
  const counted = preview.data;
  return (
    <Section title="Delete profiles" note="When the answer comes, no query sees the profiles any more. There is no way back.">
      <DeletionForm
        request={request}
        change={change}
        isBusy={preview.isPending}
        onPreview={() => preview.mutate(request)}
        error={preview.error ?? deleting.error}
      />
      {counted && counted.rows === 0 ? <p className="admin-none">Nothing matches: there is nothing to delete.</p> : null}
      {counted && counted.rows > 0 && !deleting.data ? (
        <>
          <h2>
            {grouped(counted.rows)} rows of {grouped(counted.series)} series in {grouped(counted.blocks)} blocks of{' '}
            {formatValue(counted.bytesBefore, 'bytes')}
          </h2>
          <MatchedTable matched={counted.matched} />
          <form
            className="admin-form"
            onSubmit={(event) => {
              event.preventDefault();
              deleting.mutate(request, { onSuccess: ({ rows }) => toast(`Deleted ${grouped(rows)} rows.`) });
            }}
          >
            <label htmlFor="deletion-typed">Confirm</label>
            <div className="admin-form-row">
              <input
                id="deletion-typed"
                className="field admin-mono"
                style={{ flex: 1 }}
                autoComplete="off"
                placeholder={confirmationOf(request)}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
              <button type="submit" className="button button-danger" disabled={!isConfirmed(request, typed) || deleting.isPending}>
                {deleting.isPending ? 'Deleting …' : 'Delete for good'}
              </button>
            </div>
            <small>
              Type <code>{confirmationOf(request)}</code>
            </small>
          </form>
        </>
      ) : null}
      {deleting.data ? (
        <>
          <h2>Deleted {grouped(deleting.data.rows)} rows</h2>
          <MatchedTable matched={deleting.data.matched} />
        </>
      ) : null}
    </Section>
  );
}
