import i18next from 'i18next';
import type { AlertView, MusterEvent } from '../../src/contract/index.ts';
import { useContactsStore, usePreferencesStore } from '../stores/mirrors.ts';
import { coreWords } from '../strings/use-core-words.ts';
import { createAccountNews } from './account-news.ts';
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

/** Whether a notification may be shown now: this browser agrees, and so do the preferences. */
const mayShow = (): boolean =>
  notificationPermission() === 'granted' && usePreferencesStore.getState().preferences?.notifications !== false;

let openPath: (path: string) => void = () => undefined;

const accountNews = createAccountNews(({ kind, account, since }) => {
  if (!mayShow()) return;
  const title = i18next.t(`accounts.news.${kind}`, { name: account.label });
  const body = kind === 'back' ? i18next.t('accounts.news.backText') : coreWords(account.stateReason ?? '');
  // Several tabs show one notification, and a tab that was opened later none of an old trouble.
  const notification = new Notification(title, { body, tag: `${account.id} ${kind} ${since}` });
  notification.onclick = () => {
    window.focus();
    openPath(`/accounts/${encodeURIComponent(account.id)}`);
    notification.close();
  };
});

/** Turns delivered alerts, and accounts that need a person, into notifications of the browser, where it may; `open` shows a path. */
export const notifyOf = (event: MusterEvent, open: (path: string) => void): void => {
  if (notificationPermission() === 'unavailable') return;
  openPath = open;
  if (event.event === 'account') {
    if ('removed' in event.data) accountNews.forget(event.data.id);
    else accountNews.follow(event.data);
    return;
  }
  if (event.event !== 'alert' || event.data.outcome !== 'delivered' || !mayShow()) return;
  show(event.data, open);
};
