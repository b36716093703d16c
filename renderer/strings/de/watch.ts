import type { watch as english } from '../en/watch.ts';
import type { Translation } from '../translation.ts';

export const watch: Translation<typeof english> = {
  title: 'Sag Bescheid, wenn {{name}}…',
  becomes: 'wird',
  becomesOnline: 'online kommt',
  becomesAvailable: 'online oder untätig ist',
  becomesAway: 'weggeht',
  becomesOffline: 'offline geht',
  custom: 'sich ändert, wie ich es wähle',
  from: 'Von',
  fromHint: 'Wähle nichts, um unabhängig vom vorherigen Status Bescheid zu bekommen.',
  to: 'Nach',
  toMissing: 'Wähle mindestens einen Status, über den du Bescheid bekommst.',
  repeat: 'Wie oft',
  once: 'Einmal',
  always: 'Jedes Mal',
  note: 'Notiz an mich',
  noteHint: 'Erscheint mit dem Hinweis, zum Beispiel was du fragen willst.',
  create: 'Bescheid sagen',
  created: 'Du bekommst Bescheid',
  existing: 'Du bekommst Bescheid',
  existingOnce: 'Einmal, wenn aus {{from}} {{to}} wird',
  existingAlways: 'Jedes Mal, wenn aus {{from}} {{to}} wird',
  anything: 'jedem Status',
  disabled: 'ausgeschaltet',
  stop: 'Nicht mehr Bescheid sagen',
  stopped: 'Du bekommst nicht mehr Bescheid',
  notifyOffer:
    'Dieser Browser darf noch keine Benachrichtigungen zeigen. Ohne sie stehen die Hinweise unter „Hinweise“.',
  notifyAsk: 'Benachrichtigungen erlauben',
  notifyDenied:
    'Dieser Browser verweigert Benachrichtigungen für diese Seite. Die Hinweise stehen unter „Hinweise“; ändern lässt es sich in den Einstellungen des Browsers für diese Seite.',
  notificationTitle: '{{name}} ist {{status}}',
  notificationBody: 'Vorher: {{status}}.',
};
