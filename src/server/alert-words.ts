import type { MusterOptions } from '../services/create-muster.ts';

/** What an alert says where no host shows it; browsers word it themselves, from the event. */
export const headlessAlertWords: MusterOptions['alertWords'] = (alert, name, note) => ({
  title: `${name} is ${alert.to}`,
  body: note ?? `Before: ${alert.from}`,
});
