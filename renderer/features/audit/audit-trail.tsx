import { Download } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntryView } from '../../../src/contract/index.ts';
import { download } from '../../host/download.ts';
import { type AuditLine, auditLines } from '../../selectors/audit.ts';
import { instantOf } from '../../selectors/person-line.ts';
import { attempt } from '../../stores/attempt.ts';
import { type AuditPage, auditText, loadAudit } from '../../stores/audit-commands.ts';
import { useLoaded } from '../../stores/use-loaded.ts';
import { useCoreWords } from '../../strings/use-core-words.ts';
import { useFormats } from '../../strings/use-formats.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import type { Tone } from '../../ui/tone.ts';
import styles from './audit.module.css';

const tones: Readonly<Record<AuditEntryView['event'], Tone>> = {
  'signed-in': 'ok',
  'sign-in-failed': 'bad',
  'sign-in-answer-refused': 'warn',
  'signed-out': 'neutral',
  'consent-granted': 'ok',
  'consent-changed': 'warn',
  'secrets-replaced': 'neutral',
  'token-refreshed': 'neutral',
  'token-refresh-failed': 'bad',
  'token-revoked': 'neutral',
  'token-revoke-failed': 'warn',
  'needs-sign-in': 'bad',
  'webhook-rejected': 'warn',
  'secrets-moved': 'neutral',
  'vault-rekeyed': 'neutral',
  exported: 'neutral',
  'browser-signed-in': 'ok',
  'browser-signed-out': 'neutral',
  'browser-refused': 'warn',
};

const Entry = ({ line: { entry, count, firstAt }, named }: { readonly line: AuditLine; readonly named: boolean }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useCoreWords();
  return (
    <li className={styles.entry}>
      <time className={styles.time} dateTime={entry.at}>
        {formats.stamp(instantOf(entry.at))}
      </time>
      <span className={styles.words}>
        <span>
          <Badge tone={tones[entry.event]}>{t(`audit.event.${entry.event}`)}</Badge>{' '}
          {named && entry.label !== null ? <b>{entry.label}</b> : null}
        </span>
        <span>
          {words(entry.detail)}
          {count === 1 ? null : ` ${t('audit.repeated', { count, time: formats.stamp(instantOf(firstAt)) })}`}
        </span>
        {entry.scopes === null || entry.scopes.length === 0 ? null : (
          <code className={styles.scopes}>{entry.scopes.join(' ')}</code>
        )}
      </span>
    </li>
  );
};

/** Older pages, below the first one. */
const useOlder = (accountId: string | null, first: AuditPage | null) => {
  const [older, setOlder] = useState<readonly AuditPage[]>([]);
  const [busy, setBusy] = useState(false);
  const cursor = (older.at(-1) ?? first)?.nextCursor ?? null;
  const more = async (): Promise<void> => {
    setBusy(true);
    await attempt(async () => {
      const page = await loadAudit(accountId, cursor);
      setOlder((before) => [...before, page]);
    });
    setBusy(false);
  };
  return { items: older.flatMap(({ items }) => items), hasMore: cursor !== null, busy, more };
};

/** What happened with sign-ins and consent, newest first: of one account, or (null) of all, those that are gone too. */
export const AuditTrail = ({ accountId }: { readonly accountId: string | null }) => {
  const { t } = useTranslation();
  const load = useCallback(() => loadAudit(accountId, null), [accountId]);
  const { value, error, reload } = useLoaded(load);
  const older = useOlder(accountId, value);
  const entries = [...(value?.items ?? []), ...older.items];
  const save = (): void =>
    void attempt(async () =>
      download(`muster-audit-${new Date().toISOString().slice(0, 10)}.json`, await auditText(accountId)),
    );
  return (
    <Section
      title={t('audit.title')}
      actions={
        entries.length === 0 ? null : (
          <Button variant="ghost" icon={<Download aria-hidden />} onClick={save}>
            {t('audit.export')}
          </Button>
        )
      }
    >
      {accountId === null ? <p className={styles.hint}>{t('audit.intro')}</p> : null}
      {error === null ? null : (
        <Notice tone="bad" actions={<Button onClick={reload}>{t('common.retry')}</Button>}>
          {error}
        </Notice>
      )}
      {value === null && error === null ? <SkeletonRows rows={3} label={t('common.loading')} /> : null}
      {value !== null && entries.length === 0 ? <p className={styles.hint}>{t('audit.empty')}</p> : null}
      {entries.length === 0 ? null : (
        <Card flush>
          <ul>
            {auditLines(entries).map((line) => (
              <Entry key={line.entry.id} line={line} named={accountId === null} />
            ))}
          </ul>
        </Card>
      )}
      {older.hasMore ? (
        <div>
          <Button busy={older.busy} onClick={() => void older.more()}>
            {t('audit.older')}
          </Button>
        </div>
      ) : null}
    </Section>
  );
};
