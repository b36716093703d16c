import { Check, CircleSlash, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AccountHealthView, PlatformView } from '../../../src/contract/index.ts';
import { useCoreWords } from '../../strings/use-core-words.ts';
import { Badge } from '../../ui/badge.tsx';
import styles from './accounts.module.css';

type Missing = NonNullable<AccountHealthView['signIn']>['missing'];

/** Which permissions an account has and lacks, each with what it is for. */
export const Scopes = ({
  platform,
  granted,
  missing,
}: {
  readonly platform: PlatformView | undefined;
  readonly granted: readonly string[];
  readonly missing: Missing;
}) => {
  const { t } = useTranslation();
  const words = useCoreWords();
  const purposes = new Map(platform?.signIn.permissions.map(({ scope, purpose }) => [scope, purpose]));
  return (
    <ul className={styles.capabilities}>
      {missing.map(({ scope, required, purpose }) => (
        <li key={scope} className={required ? styles.lacking : styles.none}>
          {required ? <TriangleAlert aria-hidden /> : <CircleSlash aria-hidden />}
          <span>
            <code className={styles.code}>{scope}</code>{' '}
            <Badge tone={required ? 'bad' : 'warn'}>
              {t(required ? 'accounts.consent.missing' : 'accounts.consent.missingOptional')}
            </Badge>
            <span className={styles.hint}>{words(purpose)}</span>
          </span>
        </li>
      ))}
      {granted.map((scope) => (
        <li key={scope} className={styles.full}>
          <Check aria-hidden />
          <span>
            <code className={styles.code}>{scope}</code>
            <span className="visually-hidden"> {t('accounts.consent.granted')}</span>
            {purposes.has(scope) ? <span className={styles.hint}>{words(purposes.get(scope) ?? '')}</span> : null}
          </span>
        </li>
      ))}
    </ul>
  );
};
