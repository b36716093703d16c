import { useTranslation } from 'react-i18next';
import { STATUSES, type Status } from '../../../src/contract/index.ts';
import { Chip } from '../../ui/chip.tsx';
import { StatusShape } from '../../ui/status-shape.tsx';
import styles from './person.module.css';

/** Any number of statuses. */
export const StatusChoice = ({
  label,
  hint,
  chosen,
  onChange,
}: {
  readonly label: string;
  readonly hint: string;
  readonly chosen: readonly Status[];
  readonly onChange: (chosen: readonly Status[]) => void;
}) => {
  const { t } = useTranslation();
  return (
    <fieldset>
      <legend className={styles.label}>{label}</legend>
      <div className={styles.choices}>
        {STATUSES.map((status) => {
          const on = chosen.includes(status);
          return (
            <Chip
              key={status}
              on={on}
              icon={<StatusShape status={status} silent />}
              onClick={() => onChange(on ? chosen.filter((other) => other !== status) : [...chosen, status])}
            >
              {t(`status.${status}`)}
            </Chip>
          );
        })}
      </div>
      <p className={styles.note}>{hint}</p>
    </fieldset>
  );
};
