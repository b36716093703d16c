import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountHealthView, AccountView, PlatformView } from '../../../src/contract/index.ts';
import { useCoreWords } from '../../strings/use-core-words.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { AccountConsent } from './account-consent.tsx';
import { AccountNumbers } from './account-numbers.tsx';
import styles from './accounts.module.css';
import { callKeyOf } from './call-names.ts';
import { InboundAddress } from './inbound-address.tsx';
import { useAccountHealth } from './use-account-health.ts';

const Recommendations = ({ health }: { readonly health: AccountHealthView }) => {
  const { t } = useTranslation();
  const words = useCoreWords();
  if (health.recommendations.length === 0) return null;
  return (
    <Section title={t('accounts.page.recommendations')}>
      <ul className={styles.steps}>
        {health.recommendations.map((sentence) => (
          <li key={sentence}>{words(sentence)}</li>
        ))}
      </ul>
    </Section>
  );
};

const Budgets = ({ health }: { readonly health: AccountHealthView }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const nameOf = (name: string): string => {
    const key = callKeyOf(name);
    return key === null ? name : t(`accounts.call.${key}`);
  };
  return (
    <Section title={t('accounts.page.budgets')}>
      {health.budgets.length === 0 ? <p className={styles.hint}>{t('accounts.noBudgets')}</p> : null}
      <div className={styles.budgets}>
        {health.budgets.flatMap(({ name, windows }) =>
          windows.map(({ calls, seconds, used }) => (
            <div key={`${name} ${seconds}`} title={name}>
              <Progress
                label={t('accounts.budget', {
                  name: nameOf(name),
                  used: formats.number(used),
                  calls: formats.number(calls),
                  time: formats.duration(seconds),
                })}
                done={used}
                total={calls}
              />
            </div>
          )),
        )}
      </div>
    </Section>
  );
};

/** Everything about an account that only the core can tell, and below it what does not depend on that (`children`). */
export const AccountHealth = ({
  account,
  platform,
  onSignIn,
  children,
}: {
  readonly account: AccountView;
  readonly platform: PlatformView | undefined;
  readonly onSignIn: () => void;
  readonly children: ReactNode;
}) => {
  const { t } = useTranslation();
  const { value, error, reload } = useAccountHealth(account);
  const trouble =
    error === null ? null : (
      <Notice tone="bad" actions={<Button onClick={reload}>{t('common.retry')}</Button>}>
        {error}
      </Notice>
    );
  // What stands below waits for what stands above it: nothing that is being read moves away.
  if (value === null) {
    return error === null ? (
      <SkeletonRows rows={6} label={t('common.loading')} />
    ) : (
      <>
        {trouble}
        {children}
      </>
    );
  }
  return (
    <>
      {trouble}
      <Recommendations health={value} />
      <AccountNumbers health={value} />
      <Budgets health={value} />
      <AccountConsent account={account} health={value} platform={platform} onSignIn={onSignIn} />
      <InboundAddress health={value} platform={platform} />
      {children}
    </>
  );
};
