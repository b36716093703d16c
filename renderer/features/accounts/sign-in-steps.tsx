import { AppWindow, KeyRound } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { OAuthRequest } from '../../../src/contract/index.ts';
import { host } from '../../host/host.ts';
import { createAccount, patchAccount } from '../../stores/account-commands.ts';
import { attempt } from '../../stores/attempt.ts';
import { useAccountsStore } from '../../stores/mirrors.ts';
import { beginSignIn } from '../../stores/sign-in-flow.ts';
import { Button } from '../../ui/button.tsx';
import styles from './accounts.module.css';
import { asksSecrets, type SignInFields, type SignInWay, signInFields } from './sign-in-draft.ts';
import { type Entered, NothingEntered, SignInForm, type SignInStep } from './sign-in-form.tsx';
import type { SignInTarget } from './sign-in-target.ts';

const noFields: SignInFields = { plain: [], advanced: [] };

/** Opens the window in which secrets are typed, in the desktop app. */
const openSignIn = ({ platform, accountId }: SignInTarget, way: SignInWay): Promise<void> =>
  host()?.request('openSignIn', { platform: platform.id, accountId, way }) ?? Promise.resolve();

/** An XMPP account is called by its address: two servers may know one under the same name. */
const nameOf = ({ settings: { username, domain } }: Entered) =>
  typeof username === 'string' && typeof domain === 'string' ? { label: `${username}@${domain}` } : {};

/** What the form's buttons do, by the way that was chosen. */
const useSteps = (target: SignInTarget, way: SignInWay, onDone: (id: string | null) => void): readonly SignInStep[] => {
  const { t } = useTranslation();
  const { platform, accountId } = target;
  const account = useAccountsStore((state) => (accountId === null ? undefined : state.items.get(accountId)));
  if (way === 'paste') {
    const run = async ({ settings, secrets }: Entered): Promise<void> => {
      if (accountId !== null) {
        if (Object.keys(secrets).length === 0) throw new NothingEntered(t('accounts.problem.nothing'));
        await patchAccount(accountId, { secrets });
        onDone(accountId);
        return;
      }
      const name = nameOf({ settings, secrets });
      onDone((await createAccount({ platform: platform.id, settings, secrets, ...name })).id);
    };
    return [{ id: 'paste', label: t('accounts.signIn'), run }];
  }
  const begin =
    (method: NonNullable<OAuthRequest['method']>) =>
    async ({ settings, secrets }: Entered): Promise<void> => {
      await beginSignIn({
        platform: platform.id,
        settings: account?.settings ?? settings,
        secrets,
        method,
        ...(accountId === null ? {} : { accountId }),
      });
      // The window that took a secret goes; the main window follows the sign-in.
      if (host()?.kind === 'sign-in') onDone(null);
    };
  const inBrowser: SignInStep = { id: 'browser', label: t('accounts.signInBrowser'), run: begin('browser') };
  const byCode: SignInStep = { id: 'device', label: t('accounts.signInCode'), run: begin('device') };
  return [
    ...(platform.auth.includes('oauth') ? [inBrowser] : []),
    ...(platform.auth.includes('device-code') ? [byCode] : []),
  ];
};

/** The form of the chosen way; in the desktop app's main window a button opens it where it asks for secrets. */
export const SignInSteps = ({
  target,
  way,
  onDone,
  onCancel,
}: {
  readonly target: SignInTarget;
  readonly way: SignInWay;
  readonly onDone: (accountId: string | null) => void;
  readonly onCancel: (() => void) | undefined;
}) => {
  const { t } = useTranslation();
  const { platform, accountId } = target;
  const fields = useMemo(() => signInFields(platform, accountId !== null, way), [platform, accountId, way]);
  const steps = useSteps(target, way, onDone);
  const bridge = host();
  const apart = bridge !== null && bridge.kind !== 'sign-in' && asksSecrets(fields);
  const open = (): void => void attempt(() => openSignIn(target, way));
  if (!apart) return <SignInForm platform={platform} fields={fields} steps={steps} onCancel={onCancel} />;
  // A registration that is kept already needs no secret: one click.
  if (way === 'browser' && accountId !== null) {
    return (
      <>
        <SignInForm platform={platform} fields={noFields} steps={steps} onCancel={onCancel} />
        <div className={styles.actions}>
          <Button variant="ghost" icon={<KeyRound aria-hidden />} onClick={open}>
            {t('accounts.newSecret')}
          </Button>
        </div>
      </>
    );
  }
  return (
    <div className={styles.form}>
      <p className={styles.hint}>{t('accounts.ownWindow')}</p>
      <div className={styles.actions}>
        <Button variant="primary" icon={<AppWindow aria-hidden />} onClick={open}>
          {t('accounts.openSignIn')}
        </Button>
        {onCancel === undefined ? null : <Button onClick={onCancel}>{t('common.cancel')}</Button>}
      </div>
    </div>
  );
};
