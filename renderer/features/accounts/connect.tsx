import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { host } from '../../host/host.ts';
import { useSignInFlow } from '../../stores/sign-in-flow.ts';
import { useCoreWords } from '../../strings/use-core-words.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Switch } from '../../ui/switch.tsx';
import styles from './accounts.module.css';
import { FlowProgress } from './flow-progress.tsx';
import { type SignInWay, waysOf } from './sign-in-draft.ts';
import { SignInGuide } from './sign-in-guide.tsx';
import { SignInSteps } from './sign-in-steps.tsx';
import type { SignInTarget } from './sign-in-target.ts';
import { useSignedInElsewhere } from './use-signed-in-elsewhere.ts';

/** What the platform is and is not, where it gives little; nothing is asked before it is switched on here. */
const OffByDefault = ({
  target: { platform },
  onSwitchOn,
  onCancel,
}: {
  readonly target: SignInTarget;
  readonly onSwitchOn: () => void;
  readonly onCancel: (() => void) | undefined;
}) => {
  const { t } = useTranslation();
  const words = useCoreWords();
  return (
    <div className={styles.form}>
      <Notice tone="warn">{words(platform.offByDefault ?? '')}</Notice>
      <Switch
        label={t('accounts.useAnyway', { platform: platform.name })}
        hint={t('accounts.useAnywayHint')}
        checked={false}
        onChange={onSwitchOn}
      />
      {onCancel === undefined ? null : (
        <div className={styles.actions}>
          <Button onClick={onCancel}>{t('common.cancel')}</Button>
        </div>
      )}
    </div>
  );
};

const WayChoice = ({
  ways,
  way,
  onChange,
}: {
  readonly ways: readonly SignInWay[];
  readonly way: SignInWay;
  readonly onChange: (way: SignInWay) => void;
}) => {
  const { t } = useTranslation();
  if (ways.length < 2) return null;
  return (
    <Segmented
      label={t('accounts.way.label')}
      value={way}
      options={ways.map((value) => ({ value, label: t(`accounts.way.${value}`) }))}
      onChange={onChange}
    />
  );
};

/**
 * Signing in to a platform, step by step: what it is where that needs saying, the way to choose where there are two, guide and
 * form, and what goes on in the browser. In the desktop app a form that asks for a secret has a window of its own, which is
 * destroyed with what was typed; in a browser it stands here.
 */
export const Connect = ({
  target,
  onDone,
  onCancel,
}: {
  readonly target: SignInTarget;
  /** The account that is signed in; null where it is not known here. */
  readonly onDone: (accountId: string | null) => void;
  readonly onCancel?: () => void;
}) => {
  const { platform, accountId } = target;
  const ways = waysOf(platform);
  const [chosen, setChosen] = useState<SignInWay | null>(target.way ?? null);
  const [on, setOn] = useState(platform.offByDefault === null || accountId !== null || host()?.kind === 'sign-in');
  const flow = useSignInFlow((state) => state.flow);
  const own = flow !== null && flow.platform === platform.id && flow.accountId === accountId ? flow : null;
  useSignedInElsewhere(target, own === null, onDone);
  const way = chosen ?? ways[0] ?? 'paste';
  if (own !== null) {
    return (
      <div className={styles.connect}>
        <FlowProgress flow={own} platform={platform} onDone={onDone} />
      </div>
    );
  }
  if (!on) {
    return (
      <div className={styles.connect}>
        <OffByDefault target={target} onSwitchOn={() => setOn(true)} onCancel={onCancel} />
      </div>
    );
  }
  return (
    <div className={styles.connect}>
      <WayChoice ways={ways} way={way} onChange={setChosen} />
      {accountId === null || platform.signIn.appManifest !== null ? (
        <SignInGuide platform={platform} way={way} folded={accountId !== null} />
      ) : null}
      <SignInSteps key={way} target={target} way={way} onDone={onDone} onCancel={onCancel} />
    </div>
  );
};
