import type { common as english } from '../en/common.ts';
import type { Translation } from '../translation.ts';

export const common: Translation<typeof english> = {
  appName: 'Muster',
  add: 'Hinzufügen',
  back: 'Zurück',
  cancel: 'Abbrechen',
  clear: 'Löschen',
  close: 'Schließen',
  copy: 'Kopieren',
  notCopied: 'Der Browser hat Muster nicht kopieren lassen. Wähle den Text aus und kopiere ihn von Hand.',
  copied: 'Kopiert',
  delete: 'Löschen',
  dismiss: 'Ausblenden',
  done: 'Fertig',
  edit: 'Bearbeiten',
  loading: 'Wird geladen',
  more: 'Mehr',
  notifications: 'Meldungen',
  retry: 'Erneut versuchen',
  save: 'Speichern',
  undo: 'Rückgängig',
  clearSearch: 'Suche leeren',
};
