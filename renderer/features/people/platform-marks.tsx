import { useTranslation } from 'react-i18next';
import type { ContactView } from '../../../src/contract/index.ts';
import { platformsOf } from '../../selectors/person-line.ts';
import { usePlatformNames } from '../../stores/platform-names.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { PlatformMark } from '../../ui/platform-mark.tsx';
import styles from './platform-marks.module.css';

/**
 * The platforms that somebody is on, those where they are around in colour. `most` keeps a row short: what is left out is
 * counted. Screen readers hear one sentence with all names.
 */
export const PlatformMarks = ({ contact, most = 8 }: { readonly contact: ContactView; readonly most?: number }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const nameOf = usePlatformNames();
  const all = platformsOf(contact);
  if (all.length === 0) return null;
  // A count takes the room of a mark: it never stands for a single one.
  const shown = all.length > most ? all.slice(0, most - 1) : all;
  const around = all.filter((one) => one.around).map(({ platform }) => nameOf(platform));
  const elsewhere = all.filter((one) => !one.around).map(({ platform }) => nameOf(platform));
  const words = [
    around.length === 0 ? '' : t('people.aroundOn', { platforms: formats.list(around) }),
    elsewhere.length === 0 ? '' : t('people.notAroundOn', { platforms: formats.list(elsewhere) }),
  ].filter((part) => part !== '');
  return (
    <span className={styles.marks}>
      <span className={styles.marks} aria-hidden title={words.join(', ')}>
        {shown.map((one) => (
          <PlatformMark key={one.platform} platform={one.platform} quiet={!one.around} />
        ))}
        {shown.length === all.length ? null : <span className="numeric">+{all.length - shown.length}</span>}
      </span>
      <span className="visually-hidden">{words.join(', ')}</span>
    </span>
  );
};
