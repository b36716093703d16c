import i18next from 'i18next';
import type { AlertView, MusterEvent } from '../../src/contract/index.ts';
import { useContactsStore, usePreferencesStore } from '../stores/mirrors.ts';
import { host } from './host.ts';

/** Whether this browser may notify: `unavailable` in the desktop app, which notifies by itself, and where browsers refuse. */
export const notificationPermission = (): NotificationPermission | 'unavailable' =>
  host() !== null || !('Notification' in window) ? 'unavailable' : Notification.permission;

/** Asks the browser; only ever after a press on a button that says why. */
export const askToNotify = async (): Promise<NotificationPermission | 'unavailable'> =>
  notificationPermission() === 'unavailable' ? 'unavailable' : Notification.requestPermission();

const show = (alert: AlertView, open: (path: string) => void): void => {
  const contact = useContactsStore.getState().items.get(alert.contactId);
  if (contact === undefined) return;
  const notification = new Notification(
    i18next.t('watch.notificationTitle', { name: contact.name, status: i18next.t(`status.${alert.to}`) }),
    {
      body: i18next.t('watch.notificationBody', { status: i18next.t(`status.${alert.from}`) }),
      // Several tabs show one notification.
      tag: alert.id,
      ...(contact.avatarUrl === null ? {} : { icon: contact.avatarUrl }),
    },
  );
  notification.onclick = () => {
    window.focus();
    open(`/people/${encodeURIComponent(alert.contactId)}`);
    notification.close();
  };
};

/** Turns a delivered alert into a notification of the browser, where it may; `open` shows a path of the interface. */
export const notifyOf = (event: MusterEvent, open: (path: string) => void): void => {
  if (event.event !== 'alert' || event.data.outcome !== 'delivered') return;
  if (notificationPermission() !== 'granted' || usePreferencesStore.getState().preferences?.notifications === false)
    return;
  show(event.data, open);
};
