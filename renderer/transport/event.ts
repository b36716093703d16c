import './no-eval.ts';

import { EVENT_NAMES, EVENT_SCHEMAS, type EventName, type MusterEvent } from '../../src/contract/index.ts';

/** An event as it travels between tabs: still text, so that each tab parses what it uses. */
export type RawEvent = { readonly id: string; readonly event: string; readonly data: string };

/** The names that the stream uses, `reset` among them. */
export const streamEventNames = [...EVENT_NAMES, 'reset'] as const;

const isEventName = (name: string): name is EventName => EVENT_NAMES.some((known) => known === name);

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** An event of the contract, or null for one that this version does not understand: the caller then takes a new snapshot. */
export const parseEvent = (raw: RawEvent): MusterEvent | null => {
  const id = Number(raw.id);
  if (raw.id === '' || !Number.isSafeInteger(id) || !isEventName(raw.event)) return null;
  const value = parseJson(raw.data);
  switch (raw.event) {
    case 'contact': {
      const parsed = EVENT_SCHEMAS.contact.safeParse(value);
      return parsed.success ? { id, event: 'contact', data: parsed.data } : null;
    }
    case 'account': {
      const parsed = EVENT_SCHEMAS.account.safeParse(value);
      return parsed.success ? { id, event: 'account', data: parsed.data } : null;
    }
    case 'me': {
      const parsed = EVENT_SCHEMAS.me.safeParse(value);
      return parsed.success ? { id, event: 'me', data: parsed.data } : null;
    }
    case 'alert': {
      const parsed = EVENT_SCHEMAS.alert.safeParse(value);
      return parsed.success ? { id, event: 'alert', data: parsed.data } : null;
    }
    case 'settings': {
      const parsed = EVENT_SCHEMAS.settings.safeParse(value);
      return parsed.success ? { id, event: 'settings', data: parsed.data } : null;
    }
  }
};
