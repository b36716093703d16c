import { CircleCheck } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate, segmentAfter, usePath } from '../../app/router.ts';
import { host } from '../../host/host.ts';
import { useAccountsStore, usePlatformsStore } from '../../stores/mirrors.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Connect } from './connect.tsx';
import type { SignInWay } from './sign-in-draft.ts';

/** Ends the window, and with it the renderer that a secret was typed into; a browser's tab goes back to the accounts. */
const leave = (): void => {
  const bridge = host();
  if (bridge === null) navigate('/accounts', { replace: true });
  else void bridge.request('closeWindow', {});
};

/** The way that was chosen in the window that opened this one. */
const wayInAddress = (): SignInWay | undefined => {
  const way = new URLSearchParams(window.location.search).get('way');
  return way === 'browser' || way === 'paste' ? way : undefined;
};

/** The sign-in window of the desktop app, `/sign-in/<platform>` or `/sign-in/<platform>/<account>`: form and guide alone. */
export const SignInPage = () => {
  const { t } = useTranslation();
  const path = usePath();
  const platformId = segmentAfter('/sign-in', path) ?? '';
  const accountId = segmentAfter(`/sign-in/${encodeURIComponent(platformId)}`, path);
  const phase = usePlatformsStore((state) => state.phase);
  const platform = usePlatformsStore((state) => state.items.get(platformId));
  const account = useAccountsStore((state) => (accountId === null ? undefined : state.items.get(accountId)));
  const [done, setDone] = useState(false);
  const [way] = useState(wayInAddress);
  const finish = useCallback(() => {
    setDone(true);
    leave();
  }, []);
  if (done) {
    return (
      <main>
        <EmptyState icon={<CircleCheck />} title={t('accounts.added')} text={t('accounts.addedText')}>
          <Button onClick={leave}>{t('common.close')}</Button>
        </EmptyState>
      </main>
    );
  }
  if (platform === undefined) {
    return (
      <main>
        {phase === 'loading' ? (
          <SkeletonRows rows={4} label={t('common.loading')} />
        ) : (
          <ErrorState title={t('accounts.unknownTitle')} text={t('accounts.unknownText')}>
            <Button onClick={leave}>{t('common.close')}</Button>
          </ErrorState>
        )}
      </main>
    );
  }
  const title =
    account === undefined
      ? t('accounts.signInTo', { platform: platform.name })
      : t('accounts.signInAgainTitle', { name: account.label });
  return (
    <main style={{ blockSize: '100%' }}>
      <Page title={title}>
        <Connect
          target={{ platform, accountId, ...(way === undefined ? {} : { way }) }}
          onDone={finish}
          onCancel={leave}
        />
      </Page>
    </main>
  );
};
