import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate } from '../../app/router.ts';
import { attempt } from '../../stores/attempt.ts';
import { useConnectionStore } from '../../stores/connection-store.ts';
import { usePreferencesStore } from '../../stores/mirrors.ts';
import { patchPreferences } from '../../stores/preference-commands.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { PairList } from '../same-person/pair-list.tsx';
import { AlertsStep } from './alerts-step.tsx';
import { ConnectStep } from './connect-step.tsx';
import { DoneStep } from './done-step.tsx';
import styles from './first-run.module.css';
import { type Step, stepAfter, stepBefore, steps } from './steps.ts';
import { WelcomeStep } from './welcome-step.tsx';

/** Where one is, in words and as a line; every step that was passed can be opened again. */
const StepLine = ({ step, onOpen }: { readonly step: Step; readonly onOpen: (step: Step) => void }) => {
  const { t } = useTranslation();
  const index = steps.indexOf(step);
  return (
    <nav aria-label={t('firstRun.steps')}>
      <ol className={styles.line}>
        {steps.map((one, place) => (
          <li key={one} className={classNames(styles.stop, place <= index && styles.passed)}>
            <button
              type="button"
              className={styles.stopButton}
              aria-current={one === step ? 'step' : undefined}
              disabled={place > index}
              onClick={() => onOpen(one)}
            >
              {t(`firstRun.step.${one}`)}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
};

const StepContent = ({ step, onConnect }: { readonly step: Step; readonly onConnect: () => void }) => {
  switch (step) {
    case 'welcome':
      return <WelcomeStep onConnect={onConnect} />;
    case 'connect':
      return <ConnectStep />;
    case 'same-person':
      return <PairList />;
    case 'alerts':
      return <AlertsStep />;
    case 'done':
      return <DoneStep />;
  }
};

const titleKeys = {
  welcome: 'firstRun.title',
  connect: 'firstRun.connectStepTitle',
  'same-person': 'firstRun.samePersonTitle',
  alerts: 'firstRun.alertsTitle',
  done: 'firstRun.doneStepTitle',
} as const satisfies Record<Step, string>;

const introKeys = {
  welcome: 'firstRun.intro',
  connect: 'firstRun.connectIntro',
  'same-person': 'firstRun.samePersonIntro',
  alerts: 'firstRun.alertsIntro',
  done: 'firstRun.doneIntro',
} as const satisfies Record<Step, string>;

const FirstRun = ({ start }: { readonly start: Step }) => {
  const { t } = useTranslation();
  const [step, setStep] = useState<Step>(start);
  const main = useRef<HTMLElement | null>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    // The button that led here is gone or means something else: reading begins at the top of the step.
    main.current?.focus();
  }, [step]);
  const open = (next: Step): void => {
    setStep(next);
    void attempt(() => patchPreferences({ firstRun: next }));
  };
  const leave = (): void => {
    // Left on purpose: from now on it is opened from Preferences, not by itself.
    const kept = step === 'welcome' ? 'connect' : step;
    void attempt(() => patchPreferences({ firstRun: kept }));
    navigate('/people');
  };
  return (
    <main ref={main} tabIndex={-1} className={styles.main}>
      {/* A page of its own for every step: it begins at its top. */}
      <Page
        key={step}
        title={t(titleKeys[step])}
        intro={t(introKeys[step])}
        actions={
          step === 'done' ? undefined : (
            <Button variant="ghost" onClick={leave}>
              {t('firstRun.later')}
            </Button>
          )
        }
      >
        <StepLine step={step} onOpen={open} />
        <StepContent step={step} onConnect={() => open('connect')} />
        <footer className={styles.footer}>
          {step === 'welcome' ? null : <Button onClick={() => open(stepBefore(step))}>{t('common.back')}</Button>}
          {step === 'done' ? (
            <Button variant="primary" onClick={() => navigate('/people')}>
              {t('firstRun.finish')}
            </Button>
          ) : null}
          {step === 'welcome' || step === 'done' ? null : (
            <Button variant="primary" onClick={() => open(stepAfter(step))}>
              {t('firstRun.next')}
            </Button>
          )}
        </footer>
      </Page>
    </main>
  );
};

/** The set-up: welcome, an account, who is the same person, alerts, done. Each step can be skipped, left and resumed. */
export const FirstRunPage = () => {
  const { t } = useTranslation();
  const firstRun = usePreferencesStore(({ preferences }) => preferences?.firstRun ?? null);
  const lost = useConnectionStore(({ state }) => state === 'lost');
  if (firstRun !== null) return <FirstRun start={firstRun === 'done' ? 'welcome' : firstRun} />;
  return (
    <main className={styles.main}>
      <h1 className="visually-hidden">{t('firstRun.title')}</h1>
      {lost ? (
        <ErrorState title={t('navigation.loadFailedTitle')} text={t('navigation.loadFailedText')} />
      ) : (
        <SkeletonRows rows={4} label={t('common.loading')} />
      )}
    </main>
  );
};
