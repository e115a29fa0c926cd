import { useEffect, useState } from 'react';
import { useSearch } from 'wouter';
import { askGithubLogin, githubToken } from '../../api/source-file';
import { ask } from '../../api/transport';
import { Empty } from '../../ui/states';
import { keepSession, returnFromLogin } from './github-session';

/** Where GitHub sends people back to with a code: the code becomes a cookie, and they are where they were. */
export default function GithubCallback() {
  const params = new URLSearchParams(useSearch());
  const [code, state, refusal] = [params.get('code'), params.get('state'), params.get('error_description')];
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    login ??= finish(code, returnFromLogin(state), refusal);
    void login.then(setProblem);
  }, [code, state, refusal]);
  return problem === null ? <Empty title="Logging in with GitHub …" /> : <Empty title={problem}>Go back and try again.</Empty>;
}

/** A code is good once: the page logs in once, however often it is drawn. */
let login: Promise<string | null> | null = null;

/** What went wrong, or null on the way back. */
async function finish(code: string | null, back: string | null, refusal: string | null): Promise<string | null> {
  if (refusal !== null) return `GitHub says: ${refusal}`;
  if (code === null || back === null) return 'This login did not begin in this tab, so it is not used.';
  try {
    keepSession(await githubToken.decode(await ask(askGithubLogin(code))));
    window.location.replace(back);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
