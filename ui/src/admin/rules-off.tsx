import { CopyButton } from '../ui/copy-button';

const SENDING = `compaction_worker:
  metrics_exporter:
    enabled: true
    remote_write_address: http://prometheus:9090/api/v1/write
`;
const ALLOWING = `tenant_settings:
  recording_rules:
    enabled: true
`;

/** The server answers 501: how rules are switched on. */
export function RulesOff({ message }: { readonly message: string }) {
  return (
    <>
      <p className="admin-none">{message}</p>
      <Setting title="To switch them on" text={ALLOWING + SENDING} />
    </>
  );
}

/** Rules can be made, and nothing sends what they sum up. */
export function RulesUnsent() {
  return (
    <>
      <p className="admin-forbidden">Rules are kept, and nothing is sent: no receiver is configured.</p>
      <Setting title="To send them" text={SENDING} />
    </>
  );
}

function Setting({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <>
      <h2>
        {title} <CopyButton text={text} what="the setting" />
      </h2>
      <pre className="admin-text" tabIndex={0}>
        {text}
      </pre>
    </>
  );
}
