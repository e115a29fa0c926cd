import { CopyButton } from '../ui/copy-button';
import { useClock } from '../app/clock';
import { useSession } from '../api/session';
import './first-run.css';

/** What an empty server shows: how the first profile gets here, with this server's own address. */
export function FirstRun({ retry }: { readonly retry: () => void }) {
  const tick = useClock((c) => c.tick);
  const tenant = useSession((s) => s.tenant);
  const server = new URL('.', document.baseURI).href.replace(/\/$/, '');
  const who = tenant === null ? '' : ` -H 'X-Scope-OrgID: ${tenant}'`;
  return (
    <div className="first-run">
      <h1>No profiles yet</h1>
      <p>Three ways to send the first. It shows here within seconds.</p>
      {waysTo(server, who).map(({ title, text, guide }) => (
        <section key={title} aria-label={title}>
          <h2>
            {title} <small>More: {guide} in the documentation</small>
          </h2>
          <pre tabIndex={0}>{text}</pre>
          <CopyButton text={text} label={`Copy “${title}”`} />
        </section>
      ))}
      <button
        type="button"
        className="button button-primary"
        onClick={() => {
          tick();
          retry();
        }}
      >
        Look again
      </button>
    </div>
  );
}

/** Commands that run as they stand. `who` is a header of curl, or nothing. */
export function waysTo(server: string, who: string): readonly { readonly title: string; readonly text: string; readonly guide: string }[] {
  return [
    {
      title: 'One stack, by hand',
      text: `echo 'main;handle;parse 42' | curl -fsS${who} --data-binary @- '${server}/ingest?name=hello&format=groups'`,
      guide: 'docs/guide/formats.md',
    },
    {
      title: 'A Go program with net/http/pprof',
      text: `curl -fsS 'http://localhost:6060/debug/pprof/profile?seconds=10' | curl -fsS${who} --data-binary @- '${server}/ingest?name=my-service&format=pprof'`,
      guide: 'docs/guide/getting-started.md',
    },
    {
      title: 'Any agent or SDK of Pyroscope',
      text: `PYROSCOPE_SERVER_ADDRESS=${server}`,
      guide: 'docs/guide/dotnet.md, docs/guide/opentelemetry.md',
    },
  ];
}
