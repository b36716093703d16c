import { CircleAlert, CircleCheck, CirclePause, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../../src/contract/index.ts';
import { lastingState } from '../../selectors/account-health.ts';
import { instantOf } from '../../selectors/person-line.ts';
import { useNow } from '../../stores/now-store.ts';
import { useCoreWords } from '../../strings/use-core-words.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { StaticChip } from '../../ui/chip.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { Tone } from '../../ui/tone.ts';
import styles from './accounts.module.css';
import { useCountdown } from './countdown.ts';

type State = AccountView['state'];

const looks: Readonly<Record<State, { readonly tone: Tone; readonly icon: ReactNode }>> = {
  connecting: { tone: 'neutral', icon: <LoaderCircle aria-hidden /> },
  connected: { tone: 'ok', icon: <CircleCheck aria-hidden /> },
  degraded: { tone: 'warn', icon: <TriangleAlert aria-hidden /> },
  offline: { tone: 'warn', icon: <TriangleAlert aria-hidden /> },
  'needs-sign-in': { tone: 'bad', icon: <CircleAlert aria-hidden /> },
  disabled: { tone: 'neutral', icon: <CirclePause aria-hidden /> },
};

/** How an account is, in a word, and since when. */
export const StateLine = ({ account }: { readonly account: AccountView }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const { tone, icon } = looks[account.state];
  return (
    <div className={styles.state}>
      <StaticChip tone={tone} icon={icon}>
        {t(`accounts.state.${account.state}`)}
      </StaticChip>
      <span className={styles.hint}>
        {t('accounts.since', { time: formats.moment(instantOf(account.since), now) })}
      </span>
    </div>
  );
};

/** Why it does not do what it should, what is done about it meanwhile, and what to do. */
export const Trouble = ({ account }: { readonly account: AccountView }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useCoreWords();
  const left = useCountdown(account.retryAt);
  const state = lastingState(account);
  if (state === 'connected' || state === 'connecting') return null;
  return (
    <Notice tone={looks[state].tone}>
      {account.stateReason === null ? null : <span>{words(account.stateReason)} </span>}
      {t(`accounts.todo.${state}`)}
      {account.state === 'connecting' ? <span> {t('accounts.retryNow')}</span> : null}
      {left === null ? null : (
        <span className="numeric">
          {' '}
          {left === 0 ? t('accounts.retryNow') : t('accounts.retryIn', { time: formats.duration(left) })}
        </span>
      )}
    </Notice>
  );
};

/** Whose account it is: the address where the platform has one, else the name. Other ids tell nobody anything. */
export const whoOf = ({ account }: AccountView): string =>
  account === null ? '' : account.userId.includes('@') ? account.userId : account.displayName;
