import { useTranslation } from 'react-i18next';
import type { ContactView } from '../../../src/contract/index.ts';
import { lineOf } from '../../selectors/person-line.ts';
import { useCoreWords } from '../../strings/use-core-words.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Emoji } from '../../ui/emoji.tsx';

/** The second line of a row: emoji and message, else the activity, else since when or when last seen. */
export const PersonLine = ({ contact, now }: { readonly contact: ContactView; readonly now: number }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useCoreWords();
  const line = lineOf(contact);
  const status = t(`status.${contact.status}`);
  switch (line.kind) {
    case 'message':
      return (
        <>
          {line.emoji === null ? null : <Emoji emoji={line.emoji} accountId={line.accountId} />} {line.text}
        </>
      );
    case 'activity':
      return words(line.text);
    case 'do-not-disturb':
      return t('people.doNotDisturb');
    case 'last-seen':
      return t('people.lastSeen', { ago: formats.relative(Math.min(line.at, now), now) });
    case 'since':
      return t('people.since', { status, time: formats.moment(line.at, now) });
    case 'not-monitored':
      return t('people.notMonitored');
    case 'status':
      return status;
  }
};
