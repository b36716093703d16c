/** From a delivery to what it tells about people. Pure. */
import { z } from 'zod';
import type { WebhookEvent } from '../webhook.ts';
import type { Delivery, WebhookContact, WebhookMessage, WebhookStatus } from './schema.ts';

/** One thing that WhatsApp told about somebody, as it is kept until it was taken. */
export const eventSchema = z.object({
  /** WhatsApp's own words: `message: text`, `status: read`. */
  what: z.string(),
  /** When they did it, in Unix seconds; null: it does not show that they did anything. */
  at: z.number().nullable(),
  waId: z.string().nullable(),
  userId: z.string().nullable(),
  name: z.string().nullable(),
  /** Set when they got another number or id. */
  became: z.object({ waId: z.string().nullable(), userId: z.string().nullable() }).nullable(),
});
export type PersonEvent = z.infer<typeof eventSchema>;

/** The person's device, or nobody's doing: no signal about the person (webhooks/reference/messages/status). */
const NOT_BY_THE_PERSON = new Set(['sent', 'delivered', 'failed', 'deleted', 'pending', 'warning']);
/** The person looked at the message or listened to it. */
const BY_THE_PERSON = new Set(['read', 'played']);

/** What a delivery tells about people, for one of the business's numbers. An app's webhook carries those of all its numbers. */
export function eventsOf(delivery: Delivery, phoneNumberId: string): WebhookEvent[] {
  if (delivery.object !== 'whatsapp_business_account') return [];
  const events: WebhookEvent[] = [];
  for (const { field, value } of delivery.entry.flatMap(({ changes }) => changes)) {
    if (field !== 'messages' || value.metadata?.phone_number_id !== phoneNumberId) continue;
    for (const message of value.messages) push(events, `message ${message.id}`, messageEvent(message, value.contacts));
    for (const status of value.statuses) {
      const person = recipientOf(status);
      const id = `status ${status.id} ${status.status} ${person.userId ?? person.waId ?? ''}`;
      push(events, id, statusEvent(status, person, value.contacts));
    }
  }
  return events;
}

function push(events: WebhookEvent[], id: string, payload: PersonEvent | null): void {
  if (payload !== null && (payload.waId !== null || payload.userId !== null)) events.push({ id, payload });
}

function messageEvent(message: WebhookMessage, contacts: readonly WebhookContact[]): PersonEvent {
  // Where the number is hidden, a move tells the old business-scoped id alone; it comes with no sender.
  const userId = message.system?.previous_user_id ?? message.from_user_id ?? null;
  const who = { waId: message.from ?? null, userId };
  const moved = message.type === 'system';
  const became = { waId: message.system?.wa_id ?? null, userId: message.system?.user_id ?? null };
  return {
    what: `message: ${message.type ?? 'unknown'}`,
    // What WhatsApp itself writes into a chat is not the person's doing.
    at: moved ? null : message.timestamp,
    ...withContact(who, contacts),
    became: moved && (became.waId !== null || became.userId !== null) ? became : null,
  };
}

function statusEvent(
  { status, timestamp }: WebhookStatus,
  who: { waId: string | null; userId: string | null },
  contacts: readonly WebhookContact[],
): PersonEvent | null {
  if (NOT_BY_THE_PERSON.has(status)) return null;
  const at = BY_THE_PERSON.has(status) ? timestamp : null;
  return { what: `status: ${status}`, at, ...withContact(who, contacts), became: null };
}

/** In a group the recipient is the group, and the person is the participant. */
function recipientOf(status: WebhookStatus): { waId: string | null; userId: string | null } {
  if (status.recipient_type === 'group') return { waId: status.recipient_participant_id ?? null, userId: null };
  return { waId: status.recipient_id ?? null, userId: status.recipient_user_id ?? null };
}

/** Fills in the other kind of id and the name from the delivery's contacts. */
function withContact(
  { waId, userId }: { waId: string | null; userId: string | null },
  contacts: readonly WebhookContact[],
): Pick<PersonEvent, 'waId' | 'userId' | 'name'> {
  const contact = contacts.find(
    (one) => (userId !== null && one.user_id === userId) || (waId !== null && one.wa_id === waId),
  );
  return {
    waId: waId ?? contact?.wa_id ?? null,
    userId: userId ?? contact?.user_id ?? null,
    name: contact?.profile?.name ?? contact?.profile?.username ?? null,
  };
}
