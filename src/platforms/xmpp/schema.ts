/**
 * Stanzas as plain values. Every function here is total: whatever a server, or a contact through it, puts into a stanza becomes
 * a value or null, never an exception; texts are cut to a length that the interface can bear.
 */
import type { XmlElement } from '@xmpp/client';
import { Temporal } from '../../domain/temporal.ts';
import { type EpochMs, epochMs } from '../../domain/time.ts';
import { type ParsedJid, parseJid } from './jid.ts';
import { NS } from './namespaces.ts';

const MAX_STATUS = 1_000;
const MAX_NAME = 200;
const MAX_GROUPS = 50;

/** RFC 6121 section 4: one presence stanza. */
export interface PresenceStanza {
  readonly from: ParsedJid;
  /** `subscription` are the four kinds that ask for or grant a subscription; they say nothing about presence. */
  readonly kind: 'available' | 'unavailable' | 'error' | 'subscription';
  readonly show: string | null;
  readonly statusText: string | null;
  readonly priority: number;
  /** XEP-0319. */
  readonly idleSince: EpochMs | null;
  /** XEP-0203: the stanza describes an earlier moment; `stampedAt` is null when that moment cannot be read. */
  readonly delay: { readonly stampedAt: EpochMs | null } | null;
  /** XEP-0153: the photo's SHA-1; null = the contact says that there is none; undefined = nothing said. */
  readonly photoHash: string | null | undefined;
  /** The condition of an error presence. */
  readonly errorCondition: string | null;
}

/** RFC 6121 section 2.1: one roster item. */
export interface RosterItem {
  readonly jid: string;
  readonly name: string | null;
  readonly subscription: 'none' | 'to' | 'from' | 'both' | 'remove';
  readonly groups: readonly string[];
}

/** An instant of XEP-0082; null when it is none. */
export function parseInstant(text: string | undefined): EpochMs | null {
  if (text === undefined) return null;
  try {
    return epochMs(Temporal.Instant.from(text).epochMilliseconds);
  } catch {
    return null;
  }
}

function cut(text: string, length: number): string | null {
  const trimmed = text.trim().slice(0, length).trim();
  return trimmed === '' ? null : trimmed;
}

function childText(element: XmlElement, name: string, length: number): string | null {
  const child = element.getChild(name);
  return child ? cut(child.text(), length) : null;
}

function parsePriority(element: XmlElement): number {
  const text = element.getChild('priority')?.text().trim() ?? '';
  if (!/^[+-]?\d{1,3}$/.test(text)) return 0;
  return Math.max(-128, Math.min(127, Number(text)));
}

function parseDelay(element: XmlElement): PresenceStanza['delay'] {
  const delay = element.getChild('delay', NS.delay);
  if (delay) return { stampedAt: parseInstant(delay.attrs.stamp) };
  return element.getChild('x', NS.legacyDelay) ? { stampedAt: null } : null;
}

function parsePhotoHash(element: XmlElement): string | null | undefined {
  const photo = element.getChild('x', NS.vcardUpdate)?.getChild('photo');
  if (!photo) return undefined;
  const hash = photo.text().trim().toLowerCase();
  if (hash === '') return null;
  return isSha1(hash) ? hash : undefined;
}

/** True for a SHA-1 in lower-case hex, the only form that an avatar's id can have (XEP-0084 section 4.2.1). */
export function isSha1(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

/** The defined condition of a stanza's `<error/>` (RFC 6120 section 8.3.3), `undefined-condition` when it names none. */
export function errorConditionOf(stanza: XmlElement): string {
  const error = stanza.getChild('error');
  const condition = error?.getChildElements().find((child) => child.getNS() === NS.stanzaErrors && !child.is('text'));
  return condition?.getName().slice(0, 60) ?? 'undefined-condition';
}

const PRESENCE_KINDS: ReadonlyMap<string, PresenceStanza['kind']> = new Map(
  Object.entries<PresenceStanza['kind']>({
    unavailable: 'unavailable',
    error: 'error',
    subscribe: 'subscription',
    subscribed: 'subscription',
    unsubscribe: 'subscription',
    unsubscribed: 'subscription',
  }),
);

/** A presence stanza; null for anything else, a bad sender, or a type that RFC 6121 does not know. */
export function parsePresence(element: XmlElement): PresenceStanza | null {
  if (!element.is('presence')) return null;
  const from = parseJid(element.attrs.from);
  const type = element.attrs.type;
  const kind = type === undefined ? 'available' : PRESENCE_KINDS.get(type);
  if (!from || !kind) return null;
  return {
    from,
    kind,
    show: childText(element, 'show', 60),
    statusText: childText(element, 'status', MAX_STATUS),
    priority: parsePriority(element),
    idleSince: parseInstant(element.getChild('idle', NS.idle)?.attrs.since),
    delay: parseDelay(element),
    photoHash: parsePhotoHash(element),
    errorCondition: kind === 'error' ? errorConditionOf(element) : null,
  };
}

const SUBSCRIPTIONS: ReadonlyMap<string, RosterItem['subscription']> = new Map(
  Object.entries<RosterItem['subscription']>({
    none: 'none',
    to: 'to',
    from: 'from',
    both: 'both',
    remove: 'remove',
  }),
);

/** The items of a roster result or push; items with an unusable address are left out. */
export function parseRosterItems(query: XmlElement): RosterItem[] {
  return query.getChildren('item').flatMap((item) => {
    const jid = parseJid(item.attrs.jid);
    if (!jid) return [];
    const groups = item.getChildren('group').flatMap((group) => cut(group.text(), MAX_NAME) ?? []);
    return [
      {
        jid: jid.bare,
        name: cut(item.attrs.name ?? '', MAX_NAME),
        subscription: SUBSCRIPTIONS.get(item.attrs.subscription ?? 'none') ?? 'none',
        groups: [...new Set(groups)].slice(0, MAX_GROUPS),
      },
    ];
  });
}

/** XEP-0108: `talking`, `on_the_phone` and free words. */
export interface UserActivity {
  readonly general: string;
  readonly specific: string | null;
  readonly text: string | null;
}

/** XEP-0118: what somebody listens to. */
export interface UserTune {
  readonly title: string | null;
  readonly artist: string | null;
}

/** What a contact published through PEP (XEP-0163); null inside = taken back. */
export type PepEvent =
  | { readonly kind: 'activity'; readonly from: string; readonly activity: UserActivity | null }
  | { readonly kind: 'tune'; readonly from: string; readonly tune: UserTune | null }
  | { readonly kind: 'nick'; readonly from: string; readonly nick: string | null }
  | { readonly kind: 'avatar'; readonly from: string; readonly hash: string | null };

/** The PEP events of a message; anything else gives none. */
export function parsePepEvents(message: XmlElement): PepEvent[] {
  const from = parseJid(message.attrs.from);
  const event = message.is('message') ? message.getChild('event', NS.pubsubEvent) : undefined;
  if (!from || !event || message.attrs.type === 'error') return [];
  return event.getChildren('items').flatMap((items): PepEvent[] => {
    const item = items.getChildren('item').at(-1);
    if (items.attrs.node === NS.nick) {
      const nick = item?.getChild('nick', NS.nick);
      return [{ kind: 'nick', from: from.bare, nick: nick ? cut(nick.text(), MAX_NAME) : null }];
    }
    if (items.attrs.node === NS.avatarMetadata) {
      // Several <info/> are the same picture in several formats; the one without `url` lies at the server (XEP-0084 section 4.2).
      const info = item
        ?.getChild('metadata', NS.avatarMetadata)
        ?.getChildren('info')
        .find((candidate) => candidate.attrs.url === undefined);
      const hash = (info?.attrs.id ?? '').toLowerCase();
      return [{ kind: 'avatar', from: from.bare, hash: isSha1(hash) ? hash : null }];
    }
    if (items.attrs.node === NS.activity) {
      return [{ kind: 'activity', from: from.bare, activity: parseActivity(item?.getChild('activity', NS.activity)) }];
    }
    if (items.attrs.node === NS.tune) {
      return [{ kind: 'tune', from: from.bare, tune: parseTune(item?.getChild('tune', NS.tune)) }];
    }
    return [];
  });
}

function parseActivity(activity: XmlElement | undefined): UserActivity | null {
  const general = activity?.getChildElements().find((child) => !child.is('text') && child.getNS() === NS.activity);
  if (!activity || !general) return null;
  const specific = general.getChildElements().find((child) => child.getNS() === NS.activity);
  return {
    general: general.getName().slice(0, 60),
    specific: specific?.getName().slice(0, 60) ?? null,
    text: childText(activity, 'text', MAX_NAME),
  };
}

function parseTune(tune: XmlElement | undefined): UserTune | null {
  if (!tune) return null;
  const title = childText(tune, 'title', MAX_NAME);
  const artist = childText(tune, 'artist', MAX_NAME);
  return title === null && artist === null ? null : { title, artist };
}

/** XEP-0012: seconds since the last activity; null when the answer does not say. */
export function parseLastSeconds(query: XmlElement | null): number | null {
  const text = query?.attrs.seconds ?? '';
  // "0" is what servers answer that have forgotten (Prosody after a restart); of somebody offline it says nothing.
  return /^\d{1,10}$/.test(text) && Number(text) > 0 ? Number(text) : null;
}

/** The parts of a vCard (XEP-0054) that Muster uses. */
export function parseVcard(vcard: XmlElement | null): { name: string | null; photo: Uint8Array | null } {
  if (!vcard?.is('vCard', NS.vcard)) return { name: null, photo: null };
  const binary = vcard.getChild('PHOTO')?.getChild('BINVAL')?.text();
  return {
    name: childText(vcard, 'NICKNAME', MAX_NAME) ?? childText(vcard, 'FN', MAX_NAME),
    photo: binary === undefined ? null : decodeBase64(binary),
  };
}

/** Bytes of a base64 text with white space anywhere; null when it is empty or something else. */
export function decodeBase64(text: string): Uint8Array | null {
  const compact = text.replaceAll(/\s+/g, '');
  if (compact === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return null;
  return new Uint8Array(Buffer.from(compact, 'base64'));
}
