import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DoctorView } from '../../../src/contract/index.ts';
import { navigate } from '../../app/router.ts';
import { host } from '../../host/host.ts';
import { attempt } from '../../stores/attempt.ts';
import { loadDoctor, signOut } from '../../stores/system-commands.ts';
import { useLoaded } from '../../stores/use-loaded.ts';
import { useCoreWords } from '../../strings/use-core-words.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import styles from './preferences.module.css';

type Finding = DoctorView['findings'][number];

const icons: Readonly<Record<Finding['level'], ReactNode>> = {
  ok: <CircleCheck aria-hidden />,
  warning: <TriangleAlert aria-hidden />,
  problem: <CircleAlert aria-hidden />,
};

const FindingRow = ({ finding }: { readonly finding: Finding }) => {
  const { t } = useTranslation();
  const words = useCoreWords();
  return (
    <li className={styles.item}>
      <span className={styles[finding.level]}>{icons[finding.level]}</span>
      <span className={styles.words}>
        <span>
          <span className="visually-hidden">{t(`preferences.level.${finding.level}`)}: </span>
          <b>{words(finding.title)}</b>
        </span>
        <span className={styles.hint}>{words(finding.detail)}</span>
        {finding.action === null ? null : (
          <span>
            {t('preferences.whatToDo')} {words(finding.action)}
          </span>
        )}
      </span>
    </li>
  );
};

const Findings = ({ found }: { readonly found: readonly Finding[] }) =>
  found.length === 0 ? null : (
    <Card flush>
      <ul>
        {found.map((finding) => (
          <FindingRow key={finding.id} finding={finding} />
        ))}
      </ul>
    </Card>
  );

/** The page begins anew, and finds that it is not signed in: nothing of before stays on screen. */
const leave = (): void =>
  void attempt(async () => {
    await signOut();
    window.location.assign('/');
  });

/** The version, what a look at everything found (what is in order is folded away), and the set-up to go through again. */
export const AboutSection = ({ firstRunDone }: { readonly firstRunDone: boolean }) => {
  const { t } = useTranslation();
  const { value, error, reload } = useLoaded(loadDoctor);
  const well = value?.findings.filter(({ level }) => level === 'ok') ?? [];
  return (
    <Section
      title={t('preferences.about')}
      actions={
        <Button variant="ghost" onClick={reload}>
          {t('preferences.lookAgain')}
        </Button>
      }
    >
      {error === null ? null : <Notice tone="bad">{error}</Notice>}
      {value === null && error === null ? <SkeletonRows rows={3} label={t('common.loading')} /> : null}
      {value === null ? null : (
        <>
          <p className={styles.hint}>{t('preferences.version', { version: value.version })}</p>
          <Findings found={value.findings.filter(({ level }) => level !== 'ok')} />
          {well.length === 0 ? null : (
            <Disclosure title={t('preferences.inOrder', { count: well.length })}>
              <Findings found={well} />
            </Disclosure>
          )}
        </>
      )}
      <div className={styles.buttons}>
        <Button onClick={() => navigate('/welcome')}>
          {firstRunDone ? t('preferences.setUpAgain') : t('preferences.setUpContinue')}
        </Button>
        {host() === null ? <Button onClick={leave}>{t('preferences.signOut')}</Button> : null}
      </div>
    </Section>
  );
};
