import type { Question } from './question';
import { rpc } from './question';
import { json, type Decoder } from './use-answer';

const SERVICE = 'vcs.v1.VCSService';

export interface SourceFile {
  readonly text: string;
  /** Where people read it. */
  readonly url: string;
}

export interface SourcePlace {
  readonly repository: string;
  /** Commit, branch or tag; empty: the default branch. */
  readonly gitRef: string;
  /** Folder of the repository that the program is built in. */
  readonly rootPath: string;
  /** As profiles have it. */
  readonly file: string;
  readonly fn: string;
}

export function askSourceFile({ repository, gitRef, rootPath, file, fn }: SourcePlace): Question {
  return rpc(SERVICE, 'GetFile', { repositoryURL: repository, ref: gitRef, localPath: file, rootPath, functionName: fn });
}

export const sourceFile: Decoder<SourceFile> = json<SourceFile, { content?: string; URL?: string }>(
  'source-file',
  ({ content = '', URL = '' }) => ({
    text: new TextDecoder().decode(Uint8Array.from(atob(content), (c) => c.charCodeAt(0))),
    url: URL,
  }),
);

/** The GitHub app by which people log in. */
export interface GithubApp {
  readonly clientId: string;
  readonly callbackUrl: string;
}

export const askGithubApp = (): Question => rpc(SERVICE, 'GithubApp', {});

export const githubApp: Decoder<GithubApp> = json<GithubApp, { clientID?: string; callbackURL?: string }>(
  'github-app',
  ({ clientID = '', callbackURL = '' }) => ({ clientId: clientID, callbackUrl: callbackURL }),
);

/** What stands for a person at GitHub, encrypted by the server for itself; the browser keeps it as a cookie. */
export interface GithubToken {
  readonly token: string;
  /** Unix milliseconds until which it can be renewed. */
  readonly renewableUntil: number;
}

export const askGithubLogin = (authorizationCode: string): Question => rpc(SERVICE, 'GithubLogin', { authorizationCode });

export const askGithubRefresh = (): Question => rpc(SERVICE, 'GithubRefresh', {});

export const githubToken: Decoder<GithubToken> = json<GithubToken, { token?: string; refreshTokenExpiresAt?: string }>(
  'github-token',
  ({ token = '', refreshTokenExpiresAt = '0' }) => ({ token, renewableUntil: Number(refreshTokenExpiresAt) }),
);
