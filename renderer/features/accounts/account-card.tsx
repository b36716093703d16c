import {
  CircleAlert,
  CircleCheck,
  CirclePause,
  LoaderCircle,
  LogIn,
  MoreHorizontal,
  RefreshCw,
  TriangleAlert,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '../../../src/contract/index.ts';
import { instantOf } from '../../selectors/person-line.ts';
import { patchAccount, reconnectAccount } from '../../stores/account-commands.ts';
import { attempt } from '../../stores/attempt.ts';
import { useNow } from '../../stores/now-store.ts';
import { usePlatformNames } from '../../stores/platform-names.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { StaticChip } from '../../ui/chip.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PlatformMark } from '../../ui/platform-mark.tsx';
import { Progress } from '../../ui/progress.tsx';
import type { Tone } from '../../ui/tone.ts';
import styles from './accounts.module.css';
import { Capabilities } from './capabilities.tsx';
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

/** What the account's card can open. */
export type AccountTask = 'rename' | 'remove' | 'sign-in';

const StateLine = ({ account }: { readonly account: AccountView }) => {
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
const Trouble = ({ account }: { readonly account: AccountView }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const left = useCountdown(account.retryAt);
  if (account.state === 'connected' || account.state === 'connecting') return null;
  return (
    <Notice tone={looks[account.state].tone}>
      {account.stateReason === null ? null : <span>{account.stateReason} </span>}
      {t(`accounts.todo.${account.state}`)}
      {left === null ? null : (
        <span> {left === 0 ? t('accounts.retryNow') : t('accounts.retryIn', { time: formats.duration(left) })}</span>
      )}
    </Notice>
  );
};

const Budgets = ({ account }: { readonly account: AccountView }) => {
  const { t } = useTranslation();
  if (account.budgets.length === 0) return <p className={styles.hint}>{t('accounts.noBudgets')}</p>;
  return account.budgets.map(({ name, perMinute, used }) => (
    <Progress key={name} label={t('accounts.budget', { name, used, count: perMinute })} done={used} total={perMinute} />
  ));
};

/** Whose account it is: the address where the platform has one, else the name. Other ids tell nobody anything. */
const whoOf = ({ account }: AccountView): string =>
  account === null ? '' : account.userId.includes('@') ? account.userId : account.displayName;

/** One account: how it is, why, what to do about it, what it can do and what it uses. */
export const AccountCard = ({
  account,
  onTask,
}: {
  readonly account: AccountView;
  readonly onTask: (task: AccountTask) => void;
}) => {
  const { t } = useTranslation();
  const nameOf = usePlatformNames();
  const reconnect = (): void => void attempt(() => reconnectAccount(account.id));
  const off = account.state === 'disabled';
  const retrying = account.state === 'offline' || account.state === 'degraded';
  return (
    <Card className={styles.card}>
      <header className={styles.cardHead}>
        <PlatformMark platform={account.platform} large />
        <div className={styles.cardWords}>
          <h2 className={styles.cardTitle}>{account.label}</h2>
          <p className={styles.hint}>
            {[nameOf(account.platform), whoOf(account)].filter((part) => part !== '').join(' · ')}
          </p>
        </div>
        <Menu
          align="end"
          label={t('accounts.more', { name: account.label })}
          trigger={
            <IconButton label={t('accounts.more', { name: account.label })} icon={<MoreHorizontal aria-hidden />} />
          }
        >
          <MenuItem onSelect={() => onTask('rename')}>{t('accounts.rename')}</MenuItem>
          <MenuItem onSelect={() => onTask('sign-in')}>{t('accounts.signInAgain')}</MenuItem>
          {off ? null : <MenuItem onSelect={reconnect}>{t('accounts.reconnect')}</MenuItem>}
          <MenuItem onSelect={() => void attempt(() => patchAccount(account.id, { enabled: off }))}>
            {off ? t('accounts.switchOn') : t('accounts.switchOff')}
          </MenuItem>
          <MenuSeparator />
          <MenuItem danger onSelect={() => onTask('remove')}>
            {t('accounts.remove')}
          </MenuItem>
        </Menu>
      </header>
      <StateLine account={account} />
      <Trouble account={account} />
      {account.sync === null ? null : (
        <Progress label={t('people.syncing', { account: account.label, count: account.sync.people })} />
      )}
      {account.notices.map((notice) => (
        <Notice key={notice}>{notice}</Notice>
      ))}
      {account.state === 'needs-sign-in' || retrying || off ? (
        <div className={styles.actions}>
          {account.state === 'needs-sign-in' ? (
            <Button variant="primary" icon={<LogIn aria-hidden />} onClick={() => onTask('sign-in')}>
              {t('accounts.signInAgain')}
            </Button>
          ) : null}
          {retrying ? (
            <Button icon={<RefreshCw aria-hidden />} onClick={reconnect}>
              {t('accounts.reconnect')}
            </Button>
          ) : null}
          {off ? (
            <Button onClick={() => void attempt(() => patchAccount(account.id, { enabled: true }))}>
              {t('accounts.switchOn')}
            </Button>
          ) : null}
        </div>
      ) : null}
      <Disclosure title={t('accounts.details')}>
        <Capabilities capabilities={account.capabilities} />
        <Budgets account={account} />
      </Disclosure>
    </Card>
  );
};
