import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountHealthView } from '../../../src/contract/index.ts';
import { instantOf } from '../../selectors/person-line.ts';
import { useNow } from '../../stores/now-store.ts';
import { useCoreWords } from '../../strings/use-core-words.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Card } from '../../ui/card.tsx';
import { Section } from '../../ui/section.tsx';
import styles from './account-numbers.module.css';
import { useCountdown } from './countdown.ts';

/** One number with its name and what stands below it. Its room is kept whatever is in it, so that nothing moves. */
const Tile = ({ name, value, hint }: { readonly name: string; readonly value: string; readonly hint?: ReactNode }) => (
  <div className={styles.tile}>
    <dt className={styles.name}>{name}</dt>
    <dd className={styles.value}>{value}</dd>
    <dd className={styles.hint}>{hint}</dd>
  </div>
);

const useAgo = (): ((instant: string | null) => string | null) => {
  const formats = useFormats();
  const now = useNow();
  return (instant) => (instant === null ? null : formats.relative(Math.min(instantOf(instant), now), now));
};

const Delivery = ({ push }: Pick<AccountHealthView, 'push'>) => {
  const { t } = useTranslation();
  const ago = useAgo();
  const last = ago(push.lastEventAt);
  return (
    <Tile
      name={t('accounts.page.push')}
      value={t(`accounts.page.pushState.${push.state}`)}
      hint={
        push.state === 'none' || push.state === 'silent'
          ? t(`accounts.page.pushHint.${push.state}`)
          : last === null
            ? t('accounts.page.noEvent')
            : t('accounts.page.lastEvent', { ago: last })
      }
    />
  );
};

/** How well an account works, in numbers that are brought up to date while they are looked at. */
export const AccountNumbers = ({ health }: { readonly health: AccountHealthView }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useCoreWords();
  const ago = useAgo();
  const left = useCountdown(health.nextRetryAt);
  const { calls, dataAgeSeconds, lastFailure } = health;
  const none = t('accounts.page.none');
  const age = (seconds: number): string => formats.about(Math.max(1, seconds));
  const ms = (value: number): string => formats.milliseconds(value);
  return (
    <Section title={t('accounts.page.numbers')}>
      <Card flush>
        <dl className={styles.tiles}>
          <Tile
            name={t('accounts.page.lastSuccess')}
            value={ago(health.lastSuccessAt) ?? none}
            hint={
              lastFailure === null
                ? t('accounts.page.noFailure')
                : t('accounts.page.lastFailure', { ago: ago(lastFailure.at) ?? none })
            }
          />
          <Tile
            name={t('accounts.page.success')}
            value={calls === null ? none : formats.percent(calls.successRate)}
            hint={
              calls === null
                ? t('accounts.page.noCalls')
                : t('accounts.page.calls', { calls: formats.number(calls.count), failed: formats.number(calls.failed) })
            }
          />
          <Tile
            name={t('accounts.page.latency')}
            value={calls === null ? none : ms(calls.latencyMs.p50)}
            hint={
              calls === null
                ? null
                : t('accounts.page.latencyHint', { p90: ms(calls.latencyMs.p90), p99: ms(calls.latencyMs.p99) })
            }
          />
          <Tile
            name={t('accounts.page.age')}
            value={dataAgeSeconds === null ? none : age(dataAgeSeconds.p50)}
            hint={
              dataAgeSeconds === null
                ? t('accounts.page.noData')
                : t('accounts.page.ageHint', {
                    p90: age(dataAgeSeconds.p90),
                    max: age(dataAgeSeconds.max),
                  })
            }
          />
          <Delivery push={health.push} />
          <Tile
            name={t('accounts.page.nextTry')}
            value={left === null ? none : left === 0 ? t('accounts.page.now') : formats.duration(left)}
            hint={left === null ? t('accounts.page.noRetry') : t('accounts.page.byItself')}
          />
        </dl>
      </Card>
      {lastFailure === null ? null : (
        <p className={styles.failure}>
          {t('accounts.page.lastFailureSaid', { time: formats.stamp(instantOf(lastFailure.at)) })}{' '}
          {words(lastFailure.message)}
        </p>
      )}
    </Section>
  );
};
