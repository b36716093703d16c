import { BellPlus, Ellipsis, Eye, EyeOff, Link2, MessageCircle, Pencil, Star, Tags } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactView } from '../../../src/contract/index.ts';
import { openExternal } from '../../host/host.ts';
import { instantOf } from '../../selectors/person-line.ts';
import { differingZone } from '../../selectors/time-zone.ts';
import { chatOf } from '../../selectors/why.ts';
import { attempt } from '../../stores/attempt.ts';
import { patchContact, setFavourite } from '../../stores/contact-commands.ts';
import { useNow } from '../../stores/now-store.ts';
import { usePlatformNames } from '../../stores/platform-names.ts';
import { cityOf } from '../../strings/format.ts';
import { useCoreWords } from '../../strings/use-core-words.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Emoji } from '../../ui/emoji.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { PlatformMarks } from '../people/platform-marks.tsx';
import { GroupsDialog } from './groups-dialog.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { OptOutDialog } from './opt-out-dialog.tsx';
import styles from './person.module.css';
import { RenameDialog } from './rename-dialog.tsx';
import { WatchDialog } from './watch-dialog.tsx';

const myZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

type OpenDialog = 'rename' | 'groups' | 'link' | 'opt-out' | 'watch' | null;

/** Status since when, message, local time: one line of facts below the name. */
const Subtitle = ({ contact }: { readonly contact: ContactView }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const words = useCoreWords();
  const zone = differingZone(contact.timeZone, myZone, now);
  const status = t(`status.${contact.status}`);
  const accountId =
    contact.identities.find(({ emoji }) => emoji !== null && emoji === contact.emoji)?.accountId ?? null;
  const parts: { readonly key: string; readonly content: ReactNode }[] = [
    {
      key: 'status',
      content:
        contact.since === null || contact.status === 'unknown'
          ? status
          : t('person.onlineSince', { status, time: formats.moment(instantOf(contact.since), now) }),
    },
  ];
  if (contact.stale && contact.why.observedAt !== null) {
    const time = formats.moment(instantOf(contact.why.observedAt), now);
    parts.push({ key: 'stale', content: t('people.asOf', { time }) });
  }
  if (contact.doNotDisturb) parts.push({ key: 'quiet', content: t('status.doNotDisturb') });
  if (contact.message !== null || contact.emoji !== null) {
    parts.push({
      key: 'message',
      content: (
        <>
          {contact.emoji === null ? null : <Emoji emoji={contact.emoji} accountId={accountId} />} {contact.message}
        </>
      ),
    });
  }
  if (contact.activity !== null) parts.push({ key: 'activity', content: words(contact.activity) });
  if (zone !== null) {
    parts.push({
      key: 'zone',
      content: t('people.localTime', { time: formats.time(now, zone), city: cityOf(zone) }),
    });
  }
  return (
    <p className={styles.subtitle}>
      {parts.map(({ key, content }) => (
        <span key={key}>{content}</span>
      ))}
    </p>
  );
};

const MoreMenu = ({
  contact,
  open,
}: {
  readonly contact: ContactView;
  readonly open: (dialog: OpenDialog) => void;
}) => {
  const { t } = useTranslation();
  return (
    <Menu
      align="end"
      label={t('person.more', { name: contact.name })}
      trigger={<IconButton label={t('person.more', { name: contact.name })} icon={<Ellipsis aria-hidden />} />}
    >
      <MenuItem icon={<Pencil aria-hidden />} onSelect={() => open('rename')}>
        {t('person.rename')}
      </MenuItem>
      <MenuItem icon={<Tags aria-hidden />} onSelect={() => open('groups')}>
        {t('person.groupsEdit')}
      </MenuItem>
      <MenuItem icon={<Link2 aria-hidden />} onSelect={() => open('link')}>
        {t('person.link')}
      </MenuItem>
      <MenuSeparator />
      {contact.monitored ? (
        <MenuItem danger icon={<EyeOff aria-hidden />} onSelect={() => open('opt-out')}>
          {t('person.optOut')}
        </MenuItem>
      ) : (
        <MenuItem
          icon={<Eye aria-hidden />}
          onSelect={() => void attempt(() => patchContact(contact.id, { monitored: true }))}
        >
          {t('person.optIn')}
        </MenuItem>
      )}
    </Menu>
  );
};

const Dialogs = ({
  contact,
  dialog,
  onClose,
}: {
  readonly contact: ContactView;
  readonly dialog: OpenDialog;
  readonly onClose: () => void;
}) => {
  switch (dialog) {
    case 'rename':
      return <RenameDialog contact={contact} onClose={onClose} />;
    case 'groups':
      return <GroupsDialog contact={contact} onClose={onClose} />;
    case 'link':
      return <LinkDialog contact={contact} onClose={onClose} />;
    case 'opt-out':
      return <OptOutDialog contact={contact} onClose={onClose} />;
    case 'watch':
      return <WatchDialog contact={contact} onClose={onClose} />;
    case null:
      return null;
  }
};

/** Name, status and what is done most: write to them, be told, favourite; the rest is in a menu. */
export const PersonHeader = ({ contact }: { readonly contact: ContactView }) => {
  const { t } = useTranslation();
  const nameOf = usePlatformNames();
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const chat = chatOf(contact);
  return (
    <header className={styles.header}>
      <div className={styles.identity}>
        <Avatar name={contact.name} url={contact.avatarUrl} size="large" status={contact.status} statusSilent />
        <div className={styles.words}>
          <h2 className={styles.name}>{contact.name}</h2>
          <Subtitle contact={contact} />
          <PlatformMarks contact={contact} />
        </div>
      </div>
      <div className={styles.actions}>
        {chat === null ? null : (
          <Button
            variant="primary"
            icon={<MessageCircle aria-hidden />}
            onClick={() => void attempt(() => openExternal(chat.url))}
          >
            {t('person.message', { platform: nameOf(chat.platform) })}
          </Button>
        )}
        <Button icon={<BellPlus aria-hidden />} disabled={!contact.monitored} onClick={() => setDialog('watch')}>
          {t('person.tellMeWhen')}
        </Button>
        <IconButton
          label={contact.favourite ? t('person.favouriteRemove') : t('person.favouriteAdd')}
          aria-pressed={contact.favourite}
          icon={<Star aria-hidden fill={contact.favourite ? 'currentColor' : 'none'} />}
          onClick={() => void attempt(() => setFavourite(contact, !contact.favourite))}
        />
        <MoreMenu contact={contact} open={setDialog} />
      </div>
      <Dialogs contact={contact} dialog={dialog} onClose={() => setDialog(null)} />
    </header>
  );
};
