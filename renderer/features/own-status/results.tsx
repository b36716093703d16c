import { useTranslation } from 'react-i18next';
import type { MeView, PublicationView } from '../../../src/contract/index.ts';
import { type ResultRow, resultRows } from '../../selectors/own-status.ts';
import { useAccountsStore } from '../../stores/mirrors.ts';
import { useCoreWords } from '../../strings/use-core-words.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { StaticChip } from '../../ui/chip.tsx';
import { PlatformMark } from '../../ui/platform-mark.tsx';
import type { Tone } from '../../ui/tone.ts';
import { useCountdown } from '../accounts/countdown.ts';
import styles from './own-status.module.css';

const tones: Readonly<Record<PublicationView['outcome'], Tone>> = {
  applied: 'ok',
  partial: 'warn',
  unsupported: 'neutral',
  failed: 'bad',
  pending: 'neutral',
  overridden: 'warn',
};

const useSentence = ({ outcome, detail }: PublicationView): string | null => {
  const { t } = useTranslation();
  const words = useCoreWords();
  if (detail !== null) return words(detail);
  if (outcome === 'overridden') return t('ownStatus.overridden');
  return outcome === 'pending' ? t('ownStatus.pending') : null;
};

/** When Muster goes on by itself with what is not done yet. */
const NextTry = ({ retryAt }: { readonly retryAt: string }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const left = useCountdown(retryAt) ?? 0;
  return (
    <span className="numeric">
      {left === 0 ? t('ownStatus.tryingNow') : t('ownStatus.nextTry', { time: formats.duration(left) })}
    </span>
  );
};

const Result = ({ row }: { readonly row: ResultRow }) => {
  const { t } = useTranslation();
  const sentence = useSentence(row.result);
  const { retryAt } = row.result;
  return (
    <li className={styles.result}>
      <StaticChip tone={tones[row.result.outcome]} icon={<PlatformMark platform={row.result.platform} />}>
        {row.label} · {t(`ownStatus.outcome.${row.result.outcome}`)}
      </StaticChip>
      {sentence === null && retryAt === null ? null : (
        <p className={styles.sentence}>
          {sentence} {retryAt === null ? null : <NextTry retryAt={retryAt} />}
        </p>
      )}
    </li>
  );
};

/** What became of my status on each account; whatever is not simply set says why in a sentence. */
export const Results = ({ me }: { readonly me: MeView }) => {
  const { t } = useTranslation();
  const accounts = useAccountsStore((state) => state.items);
  const rows = resultRows(me, accounts);
  if (rows.length === 0) return <p className={styles.quiet}>{t('ownStatus.noResults')}</p>;
  return (
    <ul className={styles.results}>
      {rows.map((row) => (
        <Result key={row.result.accountId} row={row} />
      ))}
    </ul>
  );
};
