import { FlaskConical, Plug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import styles from './first-run.module.css';

const demoCommand = 'npm run demo';

/** What Muster is, and the two ways to begin. */
export const WelcomeStep = ({ onConnect }: { readonly onConnect: () => void }) => {
  const { t } = useTranslation();
  return (
    <div className={styles.ways}>
      <Card className={styles.way}>
        <Plug aria-hidden className={styles.icon} />
        <h2 className={styles.wayTitle}>{t('firstRun.connectTitle')}</h2>
        <p className={styles.hint}>{t('firstRun.connectText')}</p>
        <div>
          <Button variant="primary" large onClick={onConnect}>
            {t('accounts.add')}
          </Button>
        </div>
      </Card>
      <Card className={styles.way}>
        <FlaskConical aria-hidden className={styles.icon} />
        <h2 className={styles.wayTitle}>{t('firstRun.demoTitle')}</h2>
        <p className={styles.hint}>{t('firstRun.demoText')}</p>
        <Disclosure title={t('firstRun.demoHow')}>
          <p className={styles.hint}>{t('firstRun.demoCommand')}</p>
          <CopyText label={t('firstRun.demoHow')} text={demoCommand} />
        </Disclosure>
      </Card>
    </div>
  );
};
