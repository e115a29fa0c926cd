import { get } from '../api/question';
import { askProfileStats, profileStats } from '../api/profile-stats';
import { json, useAnswer, type Decoder } from '../api/use-answer';
import { Moment } from './moment';
import { Answered, Section } from './section';

interface BuildInfo {
  readonly version: string;
  readonly revision: string;
  readonly goVersion: string;
}

const buildInfo: Decoder<BuildInfo> = json<BuildInfo, { data: BuildInfo }>('build-info', ({ data }) => data);
const QUESTION = get('api/v1/status/buildinfo');
const READY = get('ready', [], 'text/plain');
const TEXT: Decoder<string> = { name: 'text', decode: (answer) => new TextDecoder().decode(answer.bytes) };

/** What is running here. */
export default function AboutSection() {
  const answer = useAnswer(QUESTION, buildInfo);
  const ready = useAnswer(READY, TEXT, { stale: 0 });
  const stats = useAnswer(askProfileStats(), profileStats, { stale: 10_000 });
  return (
    <Section title="About" note="Kagari, continuous profiling.">
      <Answered answer={answer} label="About">
        {({ version, revision, goVersion }) => (
          <dl className="admin-form">
            <dt className="admin-form-label">Version</dt>
            <dd className="admin-about">{version}</dd>
            <dt className="admin-form-label">Revision</dt>
            <dd className="admin-about">{revision || '–'}</dd>
            <dt className="admin-form-label">Runtime</dt>
            <dd className="admin-about">{goVersion}</dd>
            <dt className="admin-form-label">Server</dt>
            <dd className="admin-about">{document.baseURI}</dd>
            <dt className="admin-form-label">State</dt>
            <dd className="admin-about">{ready.data?.trim() ?? ready.error?.message ?? '…'}</dd>
            <dt className="admin-form-label">Oldest profile</dt>
            <dd className="admin-about">
              <Moment time={stats.data?.hasData ? stats.data.oldest : null} />
            </dd>
            <dt className="admin-form-label">Newest profile</dt>
            <dd className="admin-about">
              <Moment time={stats.data?.hasData ? stats.data.newest : null} />
            </dd>
          </dl>
        )}
      </Answered>
    </Section>
  );
}
