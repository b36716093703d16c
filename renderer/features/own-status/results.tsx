import { useTranslation } from 'react-i18next';
import type { MeView, PublicationView } from '../../../src/contract/index.ts';
import { type ResultRow, resultRows } from '../../selectors/own-status.ts';
import { useAccountsStore } from '../../stores/mirrors.ts';
import { StaticChip } from '../../ui/chip.tsx';
import { PlatformMark } from '../../ui/platform-mark.tsx';
import type { Tone } from '../../ui/tone.ts';
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
  if (detail !== null) return detail;
  if (outcome === 'overridden') return t('ownStatus.overridden');
  return outcome === 'pending' ? t('ownStatus.pending') : null;
};

const Result = ({ row }: { readonly row: ResultRow }) => {
  const { t } = useTranslation();
  const sentence = useSentence(row.result);
  return (
    <li className={styles.result}>
      <StaticChip tone={tones[row.result.outcome]} icon={<PlatformMark platform={row.result.platform} />}>
        {row.label} · {t(`ownStatus.outcome.${row.result.outcome}`)}
      </StaticChip>
      {sentence === null ? null : <p className={styles.sentence}>{sentence}</p>}
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
