import { create } from 'zustand';

/** Who asks. Credentials stay in this tab (sessionStorage) and are sent with each question; the tenant is remembered. */
export interface Session {
  readonly authorization: string | null;
  readonly tenant: string | null;
  /** The last answer was 401: the sign-in dialog is open. */
  readonly refused: boolean;
  signIn(authorization: string | null): void;
  choose(tenant: string | null): void;
  refuse(): void;
  headers(): Record<string, string>;
}

const AUTHORIZATION = 'kagari.authorization';
const TENANT = 'kagari.tenant';

export const useSession = create<Session>((set, get) => ({
  authorization: sessionStorage.getItem(AUTHORIZATION),
  tenant: localStorage.getItem(TENANT),
  refused: false,
  signIn(authorization) {
    keep(sessionStorage, AUTHORIZATION, authorization);
    set({ authorization, refused: false });
  },
  choose(tenant) {
    keep(localStorage, TENANT, tenant);
    set({ tenant });
  },
  refuse: () => set({ refused: true }),
  headers() {
    const { authorization, tenant } = get();
    // Says that no browser's own dialog should ask for credentials: the page has one.
    return { 'x-requested-with': 'kagari', ...(authorization ? { authorization } : {}), ...(tenant ? { 'x-scope-orgid': tenant } : {}) };
  },
}));

export const bearer = (token: string): string => `Bearer ${token.trim()}`;

/** RFC 7617 with UTF-8: `btoa` alone takes only Latin-1. */
export function basic(user: string, password: string): string {
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  return `Basic ${btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(''))}`;
}

function keep(storage: Storage, key: string, value: string | null): void {
  if (value === null) storage.removeItem(key);
  else storage.setItem(key, value);
}
