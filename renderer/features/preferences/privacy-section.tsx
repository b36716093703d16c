import { Download, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactView } from '../../../src/contract/index.ts';
import { download } from '../../host/download.ts';
import { attempt } from '../../stores/attempt.ts';
import { patchContact } from '../../stores/contact-commands.ts';
import { useContactsStore } from '../../stores/mirrors.ts';
import { eraseAll, exportText } from '../../stores/system-commands.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Section } from '../../ui/section.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { SaveButtons, useSave } from '../person/save.tsx';
import styles from './preferences.module.css';

const OptedOut = () => {
  const { t } = useTranslation();
  const contacts = useContactsStore((state) => state.items);
  const people = useMemo(
    () => [...contacts.values()].filter(({ monitored }) => !monitored).sort((a, b) => a.name.localeCompare(b.name)),
    [contacts],
  );
  const readAgain = ({ id }: ContactView): void => void attempt(() => patchContact(id, { monitored: true }));
  if (people.length === 0) return <p className={styles.hint}>{t('preferences.nobodyOptedOut')}</p>;
  return (
    <Card flush>
      <ul>
        {people.map((contact) => (
          <li key={contact.id} className={styles.item}>
            <Avatar name={contact.name} url={null} size="small" />
            <span className={styles.words}>{contact.name}</span>
            <Button onClick={() => readAgain(contact)}>{t('person.optIn')}</Button>
          </li>
        ))}
      </ul>
    </Card>
  );
};

const EraseDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const word = t('preferences.eraseWord');
  const right = typed.trim().toLocaleLowerCase() === word.toLocaleLowerCase();
  // Everything on screen is gone with it: the page begins anew.
  const save = useSave(eraseAll, () => window.location.assign('/'));
  return (
    <Dialog
      open
      title={t('preferences.eraseTitle')}
      onClose={onClose}
      onSubmit={right ? save.run : () => undefined}
      footer={
        <SaveButtons danger save={save} label={t('preferences.eraseConfirm')} disabled={!right} onCancel={onClose} />
      }
    >
      {save.notice}
      <p>{t('preferences.eraseText')}</p>
      <TextField
        label={t('preferences.eraseType', { word })}
        value={typed}
        autoComplete="off"
        spellCheck={false}
        onChange={setTyped}
      />
    </Dialog>
  );
};

/** Who is not read about, taking everything out, and deleting everything. */
export const PrivacySection = () => {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [erasing, setErasing] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    await attempt(async () => download(`muster-${new Date().toISOString().slice(0, 10)}.json`, await exportText()));
    setBusy(false);
  };
  return (
    <Section title={t('preferences.privacy')}>
      <h3 className={styles.subtitle}>{t('preferences.optedOut')}</h3>
      <OptedOut />
      <Card className={styles.group}>
        <div className={styles.row}>
          <div className={styles.words}>
            <p>{t('preferences.export')}</p>
            <p className={styles.hint}>{t('preferences.exportHint')}</p>
          </div>
          <Button icon={<Download aria-hidden />} busy={busy} onClick={() => void save()}>
            {t('preferences.exportAction')}
          </Button>
        </div>
        <div className={styles.row}>
          <div className={styles.words}>
            <p>{t('preferences.erase')}</p>
            <p className={styles.hint}>{t('preferences.eraseHint')}</p>
          </div>
          <Button variant="danger" icon={<Trash2 aria-hidden />} onClick={() => setErasing(true)}>
            {t('preferences.eraseAction')}
          </Button>
        </div>
      </Card>
      {erasing ? <EraseDialog onClose={() => setErasing(false)} /> : null}
    </Section>
  );
};
