import { AppWindow } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { host } from '../../host/host.ts';
import { attempt } from '../../stores/attempt.ts';
import { useAccountsStore } from '../../stores/mirrors.ts';
import { Button } from '../../ui/button.tsx';
import styles from './accounts.module.css';
import { SignInForm, type SignInTarget } from './sign-in-form.tsx';
import { SignInGuide } from './sign-in-guide.tsx';

/** Opens the window in which secrets are typed, in the desktop app. */
const openSignIn = ({ platform, accountId }: SignInTarget): Promise<void> =>
  host()?.request('openSignIn', { platform: platform.id, accountId }) ?? Promise.resolve();

/** Tells once when an account appears, or becomes usable again, that was signed in elsewhere: in the window of its own. */
const useSignedInElsewhere = ({ platform, accountId }: SignInTarget, onDone: () => void): void => {
  const accounts = useAccountsStore((state) => state.items);
  const known = useRef<ReadonlySet<string> | null>(null);
  const wasOut = useRef(accountId !== null && accounts.get(accountId)?.state === 'needs-sign-in');
  useEffect(() => {
    if (host() === null) return;
    const before = known.current;
    known.current = new Set(accounts.keys());
    if (accountId !== null) {
      const state = accounts.get(accountId)?.state;
      if (wasOut.current && (state === 'connected' || state === 'degraded')) {
        wasOut.current = false;
        onDone();
      }
      return;
    }
    if (before === null) return;
    if ([...accounts.values()].some(({ id, platform: of }) => of === platform.id && !before.has(id))) onDone();
  }, [accounts, accountId, platform.id, onDone]);
};

/**
 * Guide and form of a platform. In the desktop app the form has a window of its own, which is destroyed with what was
 * typed; in a browser it stands here.
 */
export const Connect = ({
  target,
  onDone,
  onCancel,
}: {
  readonly target: SignInTarget;
  readonly onDone: () => void;
  readonly onCancel?: () => void;
}) => {
  const { t } = useTranslation();
  useSignedInElsewhere(target, onDone);
  const bridge = host();
  return (
    <div className={styles.connect}>
      {target.accountId === null || target.platform.signIn.appManifest !== null ? (
        <SignInGuide platform={target.platform} />
      ) : null}
      {bridge === null || bridge.kind === 'sign-in' ? (
        <SignInForm target={target} onDone={onDone} {...(onCancel === undefined ? {} : { onCancel })} />
      ) : (
        <div className={styles.form}>
          <p className={styles.hint}>{t('accounts.ownWindow')}</p>
          <div className={styles.actions}>
            <Button
              variant="primary"
              icon={<AppWindow aria-hidden />}
              onClick={() => void attempt(() => openSignIn(target))}
            >
              {t('accounts.openSignIn')}
            </Button>
            {onCancel === undefined ? null : <Button onClick={onCancel}>{t('common.cancel')}</Button>}
          </div>
        </div>
      )}
    </div>
  );
};
