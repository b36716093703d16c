import type { audit as english } from '../en/audit.ts';
import type { Translation } from '../translation.ts';

export const audit: Translation<typeof english> = {
  title: 'Was geschehen ist',
  intro:
    'Jede Anmeldung, jede Zustimmung und jede Änderung an Geheimnissen, auch von entfernten Konten. Einträge kommen nur hinzu.',
  export: 'Als Datei sichern',
  older: 'Ältere Einträge zeigen',
  repeated_one: '{{count}}-mal, zuerst am {{time}}.',
  repeated_other: '{{count}}-mal, zuerst am {{time}}.',
  empty: 'Noch nichts.',
  event: {
    'signed-in': 'Angemeldet',
    'sign-in-failed': 'Anmeldung misslungen',
    'sign-in-answer-refused': 'Antwort abgewiesen',
    'signed-out': 'Abgemeldet',
    'consent-granted': 'Zustimmung erteilt',
    'consent-changed': 'Zustimmung geändert',
    'secrets-replaced': 'Geheimnisse ersetzt',
    'token-refreshed': 'Zugang erneuert',
    'token-refresh-failed': 'Erneuerung misslungen',
    'token-revoked': 'Zugang widerrufen',
    'token-revoke-failed': 'Zugang nicht widerrufen',
    'needs-sign-in': 'Braucht Anmeldung',
    'webhook-rejected': 'Ereignis abgewiesen',
    'secrets-moved': 'Geheimnisse umgezogen',
    'vault-rekeyed': 'Tresor neu verschlüsselt',
    exported: 'Exportiert',
    'browser-signed-in': 'Browser angemeldet',
    'browser-signed-out': 'Browser abgemeldet',
    'browser-refused': 'Browser abgewiesen',
  },
};
