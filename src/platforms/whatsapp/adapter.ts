import { MusterError } from '../../domain/errors.ts';
import type { AdapterContext, Connection, PlatformAdapter } from '../platform.ts';
import { Activity } from './activity.ts';
import { Arrival } from './arrival.ts';
import { BUDGET, WhatsappClient } from './client.ts';
import { type WhatsappSettings, whatsappManifest } from './manifest.ts';
import { ownAbout } from './own-about.ts';
import { whatsappWebhook } from './webhook.ts';

/** WhatsApp's Business Cloud API: nothing can be asked about people, everything comes by webhook. */
export const whatsappAdapter: PlatformAdapter<WhatsappSettings> = {
  manifest: whatsappManifest,
  webhook: whatsappWebhook,
  connect,
};

/** How often Meta is asked whether it still sends this number's events here. */
const CHECK_SECONDS = 3_600;

async function connect(context: AdapterContext<WhatsappSettings>): Promise<Connection> {
  const client = await WhatsappClient.open(context);
  const number = await client.phoneNumber({ signingIn: true });
  const activity = new Activity(context);
  const arrival = new Arrival(context);
  arrival.checked(number);
  const connectedAt = context.clock.now();
  const check = async (signal: AbortSignal): Promise<void> => {
    activity.people.dropOptedOut(context.isOptedOut);
    arrival.checked(await client.phoneNumber({ signal }));
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
      return arrival.trouble === null ? [] : [arrival.trouble];
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
          calledAt: () => connectedAt,
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
        arrival.heard();
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
