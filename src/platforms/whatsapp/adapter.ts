import { MusterError } from '../../domain/errors.ts';
import type { AdapterContext, Connection, PlatformAdapter } from '../platform.ts';
import { Activity } from './activity.ts';
import { BUDGET, WhatsappClient } from './client.ts';
import { type WhatsappSettings, whatsappManifest } from './manifest.ts';
import { ownAbout } from './own-about.ts';
import type { PhoneNumber } from './schema.ts';
import { whatsappWebhook } from './webhook.ts';

/** WhatsApp's Business Cloud API: nothing can be asked about people, everything comes by webhook. */
export const whatsappAdapter: PlatformAdapter<WhatsappSettings> = {
  manifest: whatsappManifest,
  webhook: whatsappWebhook,
  connect,
};

/** How often Meta is asked whether it still sends this number's events here. */
const CHECK_SECONDS = 3_600;

const NO_ADDRESS =
  'Muster has no public address, so that WhatsApp can tell it nothing: start it with --public-url, then enter the webhook’s address at Meta.';
const NOT_CONFIGURED =
  'Meta sends this number’s events nowhere yet: enter the webhook’s address in your Meta app, as the account’s page describes.';
const ELSEWHERE =
  'Meta sends this number’s events to another address: enter this account’s webhook address in your Meta app instead.';

async function connect(context: AdapterContext<WhatsappSettings>): Promise<Connection> {
  const client = await WhatsappClient.open(context);
  const number = await client.phoneNumber({ signingIn: true });
  const activity = new Activity(context);
  let channel: 'up' | 'down' | null = null;
  const tell = (state: 'up' | 'down'): void => {
    if (channel === state) return;
    channel = state;
    context.report.channel(state);
  };
  let trouble = deliveryTrouble(number, context.webhookUrl);
  if (trouble === null) tell('up');
  const check = async (signal: AbortSignal): Promise<void> => {
    activity.people.dropOptedOut(context.isOptedOut);
    trouble = deliveryTrouble(await client.phoneNumber({ signal }), context.webhookUrl);
    tell(trouble === null ? 'up' : 'down');
  };
  client.api.onEnded = (error) => context.report.lost(error);
  let closed = false;
  const end = (): void => {
    closed = true;
    client.api.close();
    activity.close();
  };
  context.signal.addEventListener('abort', end, { once: true });
  const displayName = number.verified_name ?? number.display_phone_number ?? number.id;

  return {
    self: { userId: number.id, displayName },
    label: displayName,
    get notices() {
      return trouble === null ? [] : [trouble];
    },
    presence: {
      push: false,
      // People cannot be asked about. What can be: whether the token counts, and whether Meta still sends events here.
      poll: [
        {
          name: 'phone-number',
          facet: 'details',
          batchSize: 1,
          everySeconds: CHECK_SECONDS,
          limits: BUDGET.limits,
          budgetName: BUDGET.name,
          poll: (_userIds, signal) => check(signal),
        },
      ],
    },
    webhook: {
      async deliver(payload) {
        // Kept for the next sign-in: nobody listens here any more.
        if (closed) throw new MusterError('platform-unreachable', 'The WhatsApp account is signed out at the moment.');
        // An authentic event is the best proof that Meta sends them here, whatever its settings say.
        trouble = null;
        tell('up');
        activity.take(payload);
      },
    },
    ...(context.settings.publishAbout ? { ownStatus: ownAbout(client, context.memory) } : {}),
    chatUrl(userId) {
      const waId = activity.people.get(userId)?.waId ?? (/^\d+$/.test(userId) ? userId : null);
      return waId === null ? null : `https://wa.me/${waId}`;
    },
    verify: (signal) => check(signal),
    async close() {
      context.signal.removeEventListener('abort', end);
      end();
    },
  };
}

/** What keeps events from coming, in a sentence; null when Meta says that it sends them here. Older versions of the API do not say. */
function deliveryTrouble(number: PhoneNumber, webhookUrl: string | null): string | null {
  if (webhookUrl === null) return NO_ADDRESS;
  const { phone_number, whatsapp_business_account, application } = number.webhook_configuration ?? {};
  const inForce = phone_number ?? whatsapp_business_account ?? application;
  if (inForce === undefined) return NOT_CONFIGURED;
  return inForce === webhookUrl ? null : ELSEWHERE;
}
