import * as Dialog from '@radix-ui/react-dialog';
import { useState } from 'react';
import { basic, bearer, useSession } from '../api/session';
import { queryClient } from './query-client';
import './dialog.css';

/** Opens when the server answers 401. A user and a password, or a token alone. */
export default function SignIn() {
  const { refused, signIn } = useSession();
  const [user, setUser] = useState('');
  const [secret, setSecret] = useState('');
  const submit = (): void => {
    signIn(user.trim() === '' ? bearer(secret) : basic(user.trim(), secret));
    setSecret('');
    void queryClient.resetQueries();
  };
  return (
    <Dialog.Root open={refused}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content className="dialog" aria-describedby="sign-in-why">
          <Dialog.Title className="dialog-title">Sign in</Dialog.Title>
          <p id="sign-in-why" className="dialog-text">
            The server asks who you are. A user with a password, or a token without a user. They stay in this tab.
          </p>
          <form
            className="dialog-form"
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
          >
            <label>
              User
              <input className="field" autoComplete="username" value={user} onChange={(e) => setUser(e.target.value)} />
            </label>
            <label>
              Password or token
              <input
                className="field"
                type="password"
                autoComplete="current-password"
                required
                value={secret}
                onChange={(e) => setSecret(e.target.value)}
              />
            </label>
            <button className="button button-primary" type="submit">
              Sign in
            </button>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
