import { BellOff, PanelsTopLeft } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate } from '../../app/router.ts';
import { host } from '../../host/host.ts';
import { ownCardOf } from '../../selectors/own-status.ts';
import { attempt } from '../../stores/attempt.ts';
import { useMeStore } from '../../stores/mirrors.ts';
import { clearOwnStatus } from '../../stores/own-status-commands.ts';
import { setQuery } from '../../stores/people-view-store.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { DoNotDisturbMenu } from '../own-status/do-not-disturb-menu.tsx';
import { OwnCard } from '../own-status/own-card.tsx';
import { OwnStatusDetails } from '../own-status/own-status-panel.tsx';
import { Presets } from '../own-status/presets.tsx';
import { SetStatusDialog } from '../own-status/set-status-dialog.tsx';
import { PeopleFilters } from '../people/people-filters.tsx';
import { PeopleList } from '../people/people-list.tsx';
import { PeopleSearch } from '../people/people-search.tsx';
import { NobodyShown } from '../people/people-states.tsx';
import { usePeopleRows } from '../people/use-people-rows.ts';
import { HealthLine } from './health-line.tsx';
import styles from './popover.module.css';

/** Shows a path in the main window; in a browser this tab becomes it. */
const openMain = (path: string): void => {
  const bridge = host();
  if (bridge === null) navigate(path);
  else void bridge.request('openMain', { path }).then(() => bridge.request('hidePopover', {}));
};

const hide = (): void => {
  const bridge = host();
  if (bridge !== null) void bridge.request('hidePopover', {});
};

const Me = () => {
  const { t } = useTranslation();
  const me = useMeStore((state) => state.me);
  const [setting, setSetting] = useState(false);
  const [details, setDetails] = useState(false);
  return (
    <section className={styles.me} aria-label={t('ownStatus.label')}>
      <div className={styles.card}>
        {me === null ? (
          <p>{t('ownStatus.connecting')}</p>
        ) : (
          <Popover
            label={t('ownStatus.details')}
            open={details}
            onOpenChange={setDetails}
            trigger={
              <button type="button" className={styles.mine}>
                <OwnCard me={me} />
              </button>
            }
          >
            <div className={styles.details}>
              <OwnStatusDetails me={me} />
            </div>
          </Popover>
        )}
        {me !== null && ownCardOf(me).clearable ? (
          <Button onClick={() => void attempt(clearOwnStatus)}>{t('ownStatus.clear')}</Button>
        ) : null}
      </div>
      <div className={styles.presets}>
        <Presets />
        <Chip onClick={() => setSetting(true)}>{t('ownStatus.set')}</Chip>
        <DoNotDisturbMenu align="start" trigger={<Chip>{t('ownStatus.doNotDisturbMenu')}</Chip>} />
      </div>
      <SetStatusDialog open={setting} onClose={() => setSetting(false)} onDone={() => setDetails(true)} />
    </section>
  );
};

/** The popover beside the tray: my status, search, people, and the connections at its foot. */
export const PopoverPage = () => {
  const { t } = useTranslation();
  const rows = usePeopleRows();
  const open = (id: string): void => openMain(`/people/${encodeURIComponent(id)}`);
  const quiet = useMeStore(({ me }) => me?.doNotDisturb.active ?? false);
  useEffect(() => {
    // A popover that opens again begins anew.
    const reset = (): void => {
      if (document.visibilityState === 'hidden') setQuery('');
      else document.querySelector<HTMLInputElement>('input[type="search"]')?.focus();
    };
    const leave = (event: KeyboardEvent): void => {
      const open = document.querySelector('dialog[open]') !== null;
      if (event.key === 'Escape' && !event.defaultPrevented && !open) hide();
    };
    document.addEventListener('visibilitychange', reset);
    document.addEventListener('keydown', leave);
    return () => {
      document.removeEventListener('visibilitychange', reset);
      document.removeEventListener('keydown', leave);
    };
  }, []);
  return (
    <div className={styles.popover}>
      <Me />
      <main className={styles.people} data-keyboard-list>
        <h1 className="visually-hidden">{t('popover.title')}</h1>
        <div className={styles.search}>
          <PeopleSearch rows={rows} onOpen={open} onEscape={hide} autoFocus />
          <PeopleFilters />
        </div>
        {rows.length === 0 ? (
          <NobodyShown onConnect={() => openMain('/accounts')} />
        ) : (
          <PeopleList rows={rows} selectedId={null} onOpen={open} />
        )}
      </main>
      <footer className={styles.foot}>
        <HealthLine onOpen={openMain} />
        <DoNotDisturbMenu
          trigger={
            <IconButton label={t('ownStatus.doNotDisturb')} icon={<BellOff aria-hidden />} aria-pressed={quiet} />
          }
        />
        <IconButton
          label={t('popover.openMain')}
          icon={<PanelsTopLeft aria-hidden />}
          onClick={() => openMain('/people')}
        />
      </footer>
    </div>
  );
};
