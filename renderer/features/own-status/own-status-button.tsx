import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeStore } from '../../stores/mirrors.ts';
import { Popover } from '../../ui/popover.tsx';
import { OwnCard } from './own-card.tsx';
import styles from './own-status.module.css';
import { OwnStatusPanel } from './own-status-panel.tsx';
import { SetStatusDialog } from './set-status-dialog.tsx';

/** My status at the foot of the navigation; a press opens everything about it. */
export const OwnStatusButton = () => {
  const { t } = useTranslation();
  const me = useMeStore((state) => state.me);
  const [open, setOpen] = useState(false);
  const [setting, setSetting] = useState(false);
  if (me === null) return null;
  return (
    <>
      <Popover
        label={t('ownStatus.label')}
        open={open}
        onOpenChange={setOpen}
        trigger={
          <button type="button" className={styles.button}>
            <span className="visually-hidden">{t('ownStatus.label')}: </span>
            <OwnCard me={me} brief />
          </button>
        }
      >
        <OwnStatusPanel
          me={me}
          onSet={() => {
            setOpen(false);
            setSetting(true);
          }}
        />
      </Popover>
      <SetStatusDialog open={setting} onClose={() => setSetting(false)} onDone={() => setOpen(true)} />
    </>
  );
};
