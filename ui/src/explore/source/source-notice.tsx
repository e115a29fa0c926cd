import type { FunctionLines } from '../../api/lines';
import { askGithubApp, githubApp } from '../../api/source-file';
import { useAnswer } from '../../api/use-answer';
import { useUiConfig } from '../../app/ui-config';
import { callbackAddress, leaveForLogin } from './github-session';
import type { SourceAnswer } from './use-source-file';

/** Why there is no code beside the lines, and what would bring it there. Nothing where the code is there. */
export function SourceNotice({ lines, source, repository }: SourceNoticeProps) {
  const config = useUiConfig();
  if (source.file || source.isBusy || lines.files.length === 0) return null;
  if (repository === null) {
    return (
      <p className="source-notice">
        No code: the series do not say where their source is. Labels <code>service_repository</code>, <code>service_git_ref</code> and{' '}
        <code>service_root_path</code> on what is profiled bring it here.
      </p>
    );
  }
  if (source.needsLogin) return <GithubLogin repository={repository} />;
  const isConfigured = config === null || config.sources.github || config.sources.gitlab || config.sources.other;
  return (
    <p className="source-notice">
      {isConfigured ? (
        <>
          No code: {source.error?.message ?? 'the profile names no file.'}{' '}
          <button type="button" className="button button-small" onClick={source.retry}>
            Try again
          </button>
        </>
      ) : (
        <>
          No code: this server reads no repositories. The settings <code>vcs.github_client_id</code>, <code>vcs.gitlab_token</code> or{' '}
          <code>vcs.raw_url_template</code> let it read {repository}.
        </>
      )}
    </p>
  );
}

export interface SourceNoticeProps {
  readonly lines: FunctionLines;
  readonly source: SourceAnswer;
  readonly repository: string | null;
}

/** Only where GitHub would send people back to this page: an app that is made for another one cannot log them in here. */
function GithubLogin({ repository }: { readonly repository: string }) {
  const { data: app, error } = useAnswer(askGithubApp(), githubApp);
  const here = callbackAddress();
  if (error) return <p className="source-notice">No code: {error.message}</p>;
  if (!app) return <p className="source-notice">No code: GitHub asks who you are.</p>;
  if (app.callbackUrl !== here) {
    return (
      <p className="source-notice">
        No code: GitHub asks who you are, and its app sends people to {app.callbackUrl} instead of here. With{' '}
        <code>vcs.github_callback_url</code> and the app's callback set to {here} one can log in here.
      </p>
    );
  }
  return (
    <p className="source-notice">
      GitHub asks who you are.{' '}
      <button type="button" className="button button-small" onClick={() => leaveForLogin(app, repository)}>
        Log in with GitHub
      </button>
    </p>
  );
}
