import { LogIn } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AccountHealthView, AccountView, PlatformView } from '../../../src/contract/index.ts';
import { instantOf } from '../../selectors/person-line.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Section } from '../../ui/section.tsx';
import styles from './accounts.module.css';
import { Scopes } from './scopes.tsx';

/** What the user agreed to on the platform: what is granted and missing, and when it ends. Nothing where there is no consent. */
export const AccountConsent = ({
  account,
  health,
  platform,
  onSignIn,
}: {
  readonly account: AccountView;
  readonly health: AccountHealthView;
  readonly platform: PlatformView | undefined;
  readonly onSignIn: () => void;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { signIn } = health;
  if (signIn === null) return null;
  const { granted, missing, endsAt, accessExpiresAt } = signIn;
  return (
    <Section
      title={t('accounts.consent.title')}
      actions={
        missing.length === 0 || account.state === 'needs-sign-in' ? null : (
          <Button icon={<LogIn aria-hidden />} onClick={onSignIn}>
            {t('accounts.signInAgain')}
          </Button>
        )
      }
    >
      <p className={styles.hint}>
        {endsAt === null
          ? t('accounts.consent.noEnd')
          : t('accounts.consent.endsAt', { time: formats.stamp(instantOf(endsAt)) })}{' '}
        {accessExpiresAt === null
          ? null
          : t('accounts.consent.renewed', { time: formats.stamp(instantOf(accessExpiresAt)) })}
      </p>
      <Scopes platform={platform} granted={[]} missing={missing} />
      {granted.length === 0 ? null : (
        <Disclosure title={t('accounts.consent.grantedCount', { count: granted.length })} open={missing.length === 0}>
          <Scopes platform={platform} granted={granted} missing={[]} />
        </Disclosure>
      )}
    </Section>
  );
};
