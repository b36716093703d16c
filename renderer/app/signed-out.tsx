import { useTranslation } from 'react-i18next';
import { useConnectionStore } from '../stores/connection-store.ts';
import styles from './signed-out.module.css';

/** What a browser without a session shows: how to get a new one-time link. */
export const SignedOut = () => {
  const { t } = useTranslation();
  const linkRefused = useConnectionStore((state) => state.linkRefused);
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <h1 className={styles.title}>{t('navigation.signInTitle')}</h1>
        <p>{linkRefused ? t('navigation.signInLinkUsed') : t('navigation.signInText')}</p>
        <code className={styles.command}>npx muster serve --open</code>
        <p className={styles.hint}>{t('navigation.signInAgain')}</p>
      </div>
    </main>
  );
};
