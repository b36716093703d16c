import type { MusterOptions } from '../services/muster-options.ts';

/** What an alert says where no host shows it; browsers word it themselves, from the event. */
export const headlessAlertWords: MusterOptions['alertWords'] = (alert, name, note) => ({
  title: `${name} is ${alert.to}`,
  body: note ?? `Before: ${alert.from}`,
});

/** The same for what an account needs. */
export const headlessNoticeWords: MusterOptions['noticeWords'] = ({ kind, label, reason }) =>
  kind === 'back'
    ? { title: `${label} is back`, body: 'Everything goes on from where it was.' }
    : { title: `${label} needs you`, body: reason ?? 'Sign in again.' };
