/** Our own presence: what Muster says, what the server says back, and what the user's other clients say. Pure apart from its state. */
import { type XmlElement, xml } from '@xmpp/client';
import { z } from 'zod';
import { STATUS_RANK, type Status } from '../../domain/presence/status.ts';
import type { JsonValue, OwnReading, OwnTarget, PartResult } from '../platform.ts';
import { capsElement } from './caps.ts';
import { statusOfShow } from './mapping.ts';
import type { PresenceStanza } from './schema.ts';

/**
 * At a negative priority the server never hands us a message for the bare address (RFC 6121 section 8.5.2.1.1), so none is drawn
 * away from the user's real client. -1 is the highest of those: we are outranked by every client that does take messages, by none else.
 */
export const OWN_PRIORITY = -1;

const presenceSchema = z.strictObject({ show: z.string().nullable(), text: z.string().nullable() });
const doNotDisturbSchema = z.strictObject({ active: z.boolean() });

/** `show` and `status` of a presence. */
type OwnShow = z.infer<typeof presenceSchema>;

const BASELINE: OwnShow = { show: null, text: null };
const SHOW_OF = { online: null, away: 'away', busy: 'dnd', offline: 'xa' } as const;

const MESSAGES = {
  offline:
    'XMPP shows you as extended away: a client that signs off no longer sees anybody, so Muster stays signed in.',
  doNotDisturb: 'Do-not-disturb is on, which XMPP can only show as busy; your status follows when it ends.',
  emoji: 'XMPP knows only Unicode emoji, so the custom emoji was left out.',
} as const;

/** Characters that XML 1.0 has no place for; one of them would end the stream. */
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function cleanText(text: string): string | null {
  const clean = text.replaceAll(NOT_XML, '').trim();
  return clean === '' ? null : clean;
}

function sameShow(a: OwnShow, b: OwnShow): boolean {
  return a.show === b.show && (a.text ?? '') === (b.text ?? '');
}

export class OwnPresence {
  #status: OwnShow = BASELINE;
  #doNotDisturb = false;
  #reflected: OwnShow | null = null;
  /** The user's other clients: resource → what it says. */
  readonly #others = new Map<string, { readonly show: string | null; readonly priority: number }>();

  /** Both parts as one presence: do-not-disturb is `dnd`, whatever the status says. */
  get wanted(): OwnShow {
    return { show: this.#doNotDisturb ? 'dnd' : this.#status.show, text: this.#status.text };
  }

  /** The stanza for what is wanted now. */
  stanza(): XmlElement {
    const { show, text } = this.wanted;
    return xml(
      'presence',
      {},
      ...(show === null ? [] : [xml('show', {}, show)]),
      ...(text === null ? [] : [xml('status', {}, text)]),
      xml('priority', {}, String(OWN_PRIORITY)),
      capsElement(),
    );
  }

  /** Takes the wish over; nothing is sent here. Wishes that are `null` leave their part as it is. */
  take(target: OwnTarget): void {
    if (target.status?.kind === 'set') {
      const emoji = isCustomEmoji(target.status.emoji) ? null : target.status.emoji;
      const text = cleanText([emoji, target.status.message].filter((part) => part !== null).join(' '));
      this.#status = { show: SHOW_OF[target.status.status], text };
    } else if (target.status?.kind === 'restore') {
      this.#status = presenceSchema.catch(BASELINE).parse(target.status.snapshot);
    }
    if (target.doNotDisturb?.kind === 'set') this.#doNotDisturb = target.doNotDisturb.active;
    else if (target.doNotDisturb?.kind === 'restore') {
      this.#doNotDisturb = doNotDisturbSchema.catch({ active: false }).parse(target.doNotDisturb.snapshot).active;
    }
  }

  /** How the wish came out, given what the other clients say. */
  results(target: OwnTarget): { status: PartResult | null; doNotDisturb: PartResult | null } {
    const outranked = this.#outrankedBy();
    const set = target.status?.kind === 'set' ? target.status : null;
    const sentences = [
      set?.status === 'offline' && !this.#doNotDisturb ? MESSAGES.offline : null,
      set !== null && this.#doNotDisturb && set.status !== 'busy' ? MESSAGES.doNotDisturb : null,
      isCustomEmoji(set?.emoji ?? null) ? MESSAGES.emoji : null,
      outranked,
    ];
    return {
      status: target.status === null ? null : partResult(sentences),
      doNotDisturb: target.doNotDisturb === null ? null : partResult([outranked]),
    };
  }

  /** A client that says the same as we do is no obstacle. */
  #outrankedBy(): string | null {
    for (const [resource, other] of this.#others) {
      const same = statusOfShow(other.show, null) === statusOfShow(this.wanted.show, null);
      const ahead =
        other.priority > OWN_PRIORITY ||
        (other.priority === OWN_PRIORITY && rankOf(other.show) > rankOf(this.wanted.show));
      if (ahead && !same) {
        return `Your client “${resource.slice(0, 60)}” has a higher priority, so contacts see its status first.`;
      }
    }
    return null;
  }

  /** A presence from our own address. Tells whether something changed that is worth reading back. */
  reflect(stanza: PresenceStanza, ownResource: string): boolean {
    const { resource } = stanza.from;
    if (resource === null || (stanza.kind !== 'available' && stanza.kind !== 'unavailable')) return false;
    if (resource === ownResource) {
      const before = this.#reflected;
      this.#reflected = stanza.kind === 'available' ? { show: stanza.show, text: stanza.statusText } : null;
      return before === null || this.#reflected === null || !sameShow(before, this.#reflected);
    }
    const before = this.#others.get(resource);
    if (stanza.kind === 'unavailable') return this.#others.delete(resource);
    this.#others.set(resource, { show: stanza.show, priority: stanza.priority });
    return before?.show !== stanza.show || before.priority !== stanza.priority;
  }

  /** True once the server has sent back what was last wanted. The text may come back cut or trimmed by us. */
  get confirmed(): boolean {
    return this.#reflected !== null && this.#reflected.show === this.wanted.show;
  }

  /** A fresh session: nothing has been said back yet. */
  forget(): void {
    this.#reflected = null;
    this.#others.clear();
  }

  /**
   * What the server holds about this client, taken apart into both wishes when it is what we sent. Without an echo (a server that
   * sends none) it is what we sent and the server has taken.
   */
  read(): OwnReading {
    const held = this.#reflected ?? this.wanted;
    const ours = held.show === this.wanted.show;
    const status: OwnShow = ours ? { show: this.#status.show, text: held.text } : held;
    const active = ours ? this.#doNotDisturb : held.show === 'dnd';
    return {
      status: {
        status: ownStatusOf(status.show),
        message: status.text,
        emoji: null,
        until: null,
        snapshot: { show: status.show, text: status.text },
      },
      doNotDisturb: { active, until: null, snapshot: { active } },
    };
  }
}

function isCustomEmoji(emoji: string | null): boolean {
  return emoji !== null && /^:[^:\s]+:$/.test(emoji);
}

function rankOf(show: string | null): number {
  return STATUS_RANK[statusOfShow(show, null)];
}

function ownStatusOf(show: string | null): Status {
  return statusOfShow(show, null);
}

function partResult(sentences: readonly (string | null)[]): PartResult {
  const detail = sentences.filter((sentence) => sentence !== null).join(' ');
  return { outcome: detail === '' ? 'applied' : 'partial', detail: detail === '' ? null : detail, expiresBy: 'muster' };
}

/**
 * Nobody but us can change what our own resource says. Where it differs, it is a new resource (Muster was killed, the session was
 * lost): what we had said ended with the old one, and the user has not overridden anything.
 */
export function compareOwn(part: 'status' | 'doNotDisturb', written: JsonValue, read: JsonValue): 'same' | 'expired' {
  const same =
    part === 'status'
      ? sameShow(presenceSchema.catch(BASELINE).parse(written), presenceSchema.catch(BASELINE).parse(read))
      : doNotDisturbSchema.catch({ active: false }).parse(written).active ===
        doNotDisturbSchema.catch({ active: false }).parse(read).active;
  return same ? 'same' : 'expired';
}
