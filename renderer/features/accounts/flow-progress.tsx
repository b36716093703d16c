import { CircleAlert, ExternalLink, LoaderCircle } from 'lucide-react';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlatformView } from '../../../src/contract/index.ts';
import { attempt } from '../../stores/attempt.ts';
import { cancelSignIn, forgetSignIn, openSignInPage, type SignInFlow } from '../../stores/sign-in-flow.ts';
import { useCoreWords } from '../../strings/use-core-words.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './accounts.module.css';
import { useCountdown } from './countdown.ts';
import { GrantedConsent } from './granted-consent.tsx';

const failures = ['denied', 'expired', 'wrong-issuer', 'missing-scope'] as const;

const Pending = ({ flow, platform }: { readonly flow: SignInFlow; readonly platform: PlatformView }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const left = useCountdown(flow.expiresAt);
  return (
    <>
      <div className={styles.waiting} role="status">
        <LoaderCircle aria-hidden />
        <div>
          <b>{t('accounts.flow.waiting', { platform: platform.name })}</b>
          <p className={styles.hint}>
            {flow.userCode === null
              ? t('accounts.flow.browserText', { platform: platform.name })
              : t('accounts.flow.codeText', { platform: platform.name })}
          </p>
        </div>
      </div>
      {flow.userCode === null ? null : <CopyText label={t('accounts.flow.code')} text={flow.userCode} large />}
      <div className={styles.actions}>
        <Button
          variant={flow.userCode === null ? 'secondary' : 'primary'}
          icon={<ExternalLink aria-hidden />}
          onClick={() => void attempt(() => openSignInPage(flow))}
        >
          {flow.userCode === null ? t('accounts.flow.openAgain') : t('accounts.flow.openCodePage')}
        </Button>
        <Button onClick={() => void cancelSignIn()}>{t('common.cancel')}</Button>
      </div>
      <p className={styles.hint}>
        <span className="numeric">
          {left === null || left === 0
            ? t('accounts.flow.expiring')
            : t('accounts.flow.expiresIn', { time: formats.duration(left < 60 ? left : Math.ceil(left / 60) * 60) })}
        </span>
      </p>
    </>
  );
};

const Failed = ({ flow, platform }: { readonly flow: SignInFlow; readonly platform: PlatformView }) => {
  const { t } = useTranslation();
  const words = useCoreWords();
  const known = failures.find((code) => code === flow.code);
  return (
    <>
      <Notice tone="bad">
        <b>
          {known === undefined
            ? t('accounts.flow.failed', { platform: platform.name })
            : t(`accounts.flow.failure.${known}`, { platform: platform.name })}
        </b>{' '}
        {flow.reason === null ? null : words(flow.reason)}
      </Notice>
      <div className={styles.actions}>
        <Button variant="primary" icon={<CircleAlert aria-hidden />} onClick={forgetSignIn}>
          {t('common.retry')}
        </Button>
      </div>
    </>
  );
};

/** A sign-in that goes on in the browser: waiting for it, how it failed, or what it granted. */
export const FlowProgress = ({
  flow,
  platform,
  onDone,
}: {
  readonly flow: SignInFlow;
  readonly platform: PlatformView;
  readonly onDone: (accountId: string | null) => void;
}) => {
  const { state, signedIn } = flow;
  const goOn = useCallback(() => {
    forgetSignIn();
    onDone(signedIn);
  }, [signedIn, onDone]);
  useEffect(() => {
    // The window that waited is in front again as soon as there is something to say.
    if (state !== 'pending') window.focus();
  }, [state]);
  switch (state) {
    case 'pending':
      return <Pending flow={flow} platform={platform} />;
    case 'failed':
      return <Failed flow={flow} platform={platform} />;
    case 'done':
      return <GrantedConsent accountId={signedIn ?? ''} platform={platform} onGoOn={goOn} />;
  }
};
