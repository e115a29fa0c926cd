import { lazy, Suspense, useMemo } from 'react';
import { useSession } from '../api/session';
import { useRegister, type Command } from './commands';
import { useDialogs } from './dialogs';

const KeySheet = lazy(() => import('./key-sheet'));
const Palette = lazy(() => import('./palette'));
const SignIn = lazy(() => import('./sign-in'));

/** Dialogs of every page. Their keys are there from the start; they themselves come when they are first opened. */
export function AppDialogs() {
  const current = useDialogs((d) => d.current);
  const open = useDialogs((d) => d.open);
  const refused = useSession((s) => s.refused);
  useRegister(
    useMemo<readonly Command[]>(
      () => [
        { id: 'palette', title: 'Search or jump to …', group: 'Everywhere', keys: ['Ctrl k'], run: () => open('palette') },
        { id: 'keys', title: 'Show all keys', group: 'Everywhere', keys: ['?'], run: () => open('keys') },
      ],
      [open],
    ),
  );
  return (
    <Suspense>
      {current === 'palette' ? <Palette /> : null}
      {current === 'keys' ? <KeySheet /> : null}
      {refused ? <SignIn /> : null}
    </Suspense>
  );
}
