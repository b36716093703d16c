import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { tomorrowOf } from '../../selectors/own-status.ts';
import { attempt } from '../../stores/attempt.ts';
import { useMeStore } from '../../stores/mirrors.ts';
import { endDoNotDisturb, setDoNotDisturb } from '../../stores/own-status-commands.ts';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';

const minuteSeconds = 60;
const hourSeconds = 3_600;

/** Do not disturb for a while, from any button. */
export const DoNotDisturbMenu = ({
  trigger,
  align = 'end',
}: {
  readonly trigger: ReactNode;
  readonly align?: 'start' | 'end';
}) => {
  const { t } = useTranslation();
  const active = useMeStore(({ me }) => me?.doNotDisturb.active ?? false);
  const quietFor = (forSeconds: number) => void attempt(() => setDoNotDisturb({ forSeconds }));
  return (
    <Menu trigger={trigger} align={align} label={t('ownStatus.doNotDisturb')}>
      <MenuItem onSelect={() => quietFor(30 * minuteSeconds)}>{t('ownStatus.doNotDisturb30')}</MenuItem>
      <MenuItem onSelect={() => quietFor(hourSeconds)}>{t('ownStatus.doNotDisturb60')}</MenuItem>
      <MenuItem
        onSelect={() => void attempt(() => setDoNotDisturb({ until: new Date(tomorrowOf(Date.now())).toISOString() }))}
      >
        {t('ownStatus.doNotDisturbTomorrow')}
      </MenuItem>
      <MenuItem onSelect={() => void attempt(() => setDoNotDisturb({}))}>{t('ownStatus.doNotDisturbKeep')}</MenuItem>
      {active ? (
        <>
          <MenuSeparator />
          <MenuItem onSelect={() => void attempt(endDoNotDisturb)}>{t('ownStatus.doNotDisturbEnd')}</MenuItem>
        </>
      ) : null}
    </Menu>
  );
};
