import { ask } from '../../api/transport';
import { askGithubRefresh, githubToken, type GithubApp, type GithubToken } from '../../api/source-file';
import { basePath } from '../../app/base-path';

/** The name that the server reads. */
const COOKIE = 'pyroscope_git_session';
const LOGIN = 'kagari.github-login';

/** Path of the page that GitHub sends people back to. */
export const CALLBACK_PATH = '/github/callback';

/** The address that a GitHub app must have as its callback for logging in from here. */
export function callbackAddress(): string {
  return `${window.location.origin}${basePath}${CALLBACK_PATH}`;
}

export function hasSession(): boolean {
  return document.cookie.split(';').some((cookie) => cookie.trim().startsWith(`${COOKIE}=`));
}

export function keepSession({ token, renewableUntil }: GithubToken): void {
  const secure = window.location.protocol === 'https:' ? '; Secure' : '';
  const expires = new Date(renewableUntil).toUTCString();
  document.cookie = `${COOKIE}=${encodeURIComponent(token)}; Path=${basePath}/; Expires=${expires}; SameSite=Lax${secure}`;
}

/** Tokens last hours, what renews them lasts months: one renewal before anybody is asked to log in again. */
export async function renewSession(): Promise<void> {
  keepSession(await githubToken.decode(await ask(askGithubRefresh())));
}

/** Leaves for GitHub. The nonce proves on return that it was us who left. */
export function leaveForLogin(app: GithubApp, repository: string): void {
  const nonce = crypto.getRandomValues(new Uint32Array(4)).join('-');
  sessionStorage.setItem(LOGIN, JSON.stringify({ nonce, back: window.location.href }));
  window.location.assign(loginAddress(app, repository, nonce));
}

/** GitHub's own page, of the host that the repository is on. */
export function loginAddress(app: GithubApp, repository: string, state: string): string {
  const host = new URL(/^[a-z]+:\/\//i.test(repository) ? repository : `https://${repository}`).host;
  const params = new URLSearchParams({ client_id: app.clientId, redirect_uri: app.callbackUrl, state });
  return `https://${host}/login/oauth/authorize?${params.toString()}`;
}

/** The address that was left for GitHub, if `nonce` is the one of that departure; each can be used once. */
export function returnFromLogin(nonce: string | null): string | null {
  const kept = sessionStorage.getItem(LOGIN);
  sessionStorage.removeItem(LOGIN);
  if (kept === null || nonce === null) return null;
  const left = JSON.parse(kept) as { nonce: string; back: string };
  return left.nonce === nonce ? left.back : null;
}
