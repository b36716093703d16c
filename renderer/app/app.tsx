import { Suspense, useEffect } from 'react';
import { startsByItself } from '../features/first-run/steps.ts';
import { host } from '../host/host.ts';
import { useConnectionStore } from '../stores/connection-store.ts';
import { useAccountsStore, usePreferencesStore } from '../stores/mirrors.ts';
import { ToastRegion } from '../ui/toast.tsx';
import { TooltipProvider } from '../ui/tooltip.tsx';
import { useAppearance } from './appearance.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { bareViews } from './places.ts';
import { isWithin, navigate, usePath } from './router.ts';
import { Shell } from './shell.tsx';
import { SignedOut } from './signed-out.tsx';

/** `/` is People, or the set-up on a home in which nothing was done yet. */
const useStartPath = (path: string): void => {
  const firstRun = usePreferencesStore(({ preferences }) => preferences?.firstRun ?? null);
  const accounts = useAccountsStore(({ phase, items }) => (phase === 'ready' ? items.size : null));
  useEffect(() => {
    if (path !== '/' || firstRun === null || accounts === null) return;
    navigate(startsByItself(firstRun, accounts) ? '/welcome' : '/people', { replace: true });
  }, [path, firstRun, accounts]);
};

const View = ({ path }: { readonly path: string }) => {
  const signedOut = useConnectionStore(({ state }) => state === 'signed-out');
  if (signedOut) return <SignedOut />;
  const bare = bareViews.find((view) => isWithin(view.path, path));
  if (bare === undefined) return <Shell />;
  return (
    <ErrorBoundary key={bare.path}>
      <Suspense>
        <bare.Page />
      </Suspense>
    </ErrorBoundary>
  );
};

/** The whole interface: which of its surfaces is shown is told by the path. */
export const App = () => {
  const path = usePath();
  useAppearance();
  useStartPath(path);
  useEffect(() => host()?.onNavigate((target) => navigate(target)), []);
  return (
    <TooltipProvider>
      <View path={path} />
      <ToastRegion />
    </TooltipProvider>
  );
};
