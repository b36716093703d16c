import { MusterError } from '../../domain/errors.ts';
import type { JsonValue } from '../json.ts';
import type { AdapterContext, Connection, PlatformAdapter } from '../platform.ts';
import { appToken } from './app-token.ts';
import { ZoomClient } from './client.ts';
import { EventSocket } from './event-socket.ts';
import { readEvent, type ZoomEvent, zoomEventSchema } from './events.ts';
import { rosterSeconds } from './limits.ts';
import { zoomManifest } from './manifest.ts';
import { zoomOAuth } from './oauth.ts';
import { ownStatusBundle } from './own-status.ts';
import { People } from './people.ts';
import { presencePoll } from './presence.ts';
import { Roster } from './roster.ts';
import { planOf, type ZoomSettings } from './settings.ts';
import { zoomWebhook } from './webhook.ts';

/** Zoom: contacts polled one a call, events by webhook or WebSocket where they are set up, one's own status within a minute's limit. */
export const zoomAdapter: PlatformAdapter<ZoomSettings> = {
  manifest: zoomManifest,
  oauth: zoomOAuth,
  webhook: zoomWebhook,
  connect,
};

async function connect(context: AdapterContext<ZoomSettings>): Promise<Connection> {
  const { settings, report, signal } = context;
  const plan = planOf(settings);
  const client = new ZoomClient(context);
  const me = await client.me({ urgent: true });
  // Proves the permission that the first wish would otherwise find missing; other troubles with it may pass.
  await client.presenceStatus('me', { urgent: true }).catch((thrown: unknown) => {
    if (thrown instanceof MusterError && (thrown.retry === 'reauth' || thrown.code === 'cancelled')) throw thrown;
  });
  const own = ownStatusBundle(context, client, plan);
  const people = new People(context);
  const roster = new Roster({ context, client, people, selfId: me.id });
  const addresses = new Set([me.id, me.email?.toLowerCase()]);
  const isSelf = (event: ZoomEvent): boolean =>
    event.kind === 'presence' && [event.userId, event.email?.toLowerCase()].some((id) => id && addresses.has(id));

  let channel: 'up' | 'down' | null = null;
  function enter(state: 'up' | 'down'): void {
    channel = state;
    report.channel(state);
  }
  function take(event: ZoomEvent, source: 'webhook' | 'push'): void {
    // A subscription is made in Zoom's portal: only what told a presence proves that presence is told.
    if (source === 'webhook' && event.kind === 'presence' && channel !== 'up') enter('up');
    if (isSelf(event)) own.notice();
    else people.happened(event, source);
  }

  const { socket, notices } = await eventSocket(context, (event) => take(event, 'push'), enter);
  const byWebhook = context.webhookUrl !== null && Boolean(await context.secrets.get('webhookSecret'));
  const end = (): void => {
    client.close();
    people.close();
    socket?.close();
  };
  signal.throwIfAborted();
  signal.addEventListener('abort', end, { once: true });
  client.onEnded = (error) => report.lost(error);
  // Failing is told as a channel that is down.
  socket?.open().catch(() => {});

  return {
    self: { userId: me.id, displayName: nameOf(me) },
    ...(me.company ? { label: me.company } : {}),
    notices,
    roster: { list: (listing) => roster.list(listing), refreshSeconds: rosterSeconds(plan) },
    presence: {
      push: false,
      poll: [presencePoll({ context, client, people, plan })],
      ...(socket !== null ? { resubscribe: (asked: AbortSignal) => socket.open(asked) } : {}),
      ...(socket === null && byWebhook ? { resubscribe: () => Promise.reject(portalOnly()) } : {}),
    },
    webhook: {
      async deliver(payload: JsonValue) {
        const event = zoomEventSchema.safeParse(payload).data;
        if (event !== undefined && !signal.aborted) take(event, 'webhook');
      },
    },
    ownStatus: own.bundle,
    // Zoom documents no link that opens a chat with a person.
    chatUrl: () => null,
    async verify(asked) {
      await client.me({ signal: asked, urgent: true });
    },
    async close() {
      signal.removeEventListener('abort', end);
      end();
    },
  };
}

/** Without the event socket there is nothing that Muster could set up anew; being asked is how a silent webhook gets noticed. */
function portalOnly(): MusterError {
  return new MusterError(
    'unsupported',
    'Zoom’s webhook has fallen silent. Look at the event subscription of your app in Zoom’s App Marketplace.',
  );
}

/** The event socket, where one is set up; and what is missing for it. */
async function eventSocket(
  context: AdapterContext<ZoomSettings>,
  take: (event: ZoomEvent) => void,
  onState: (state: 'up' | 'down') => void,
): Promise<{ socket: EventSocket | null; notices: string[] }> {
  const { websocketUrl } = context.settings;
  if (websocketUrl === undefined) return { socket: null, notices: [] };
  const clientSecret = (await context.secrets.get('clientSecret'))?.trim() ?? '';
  if (clientSecret === '') {
    const notice =
      'Zoom’s event socket needs the client secret, which is missing: Muster asks for each contact in turn instead.';
    return { socket: null, notices: [notice] };
  }
  const socket = new EventSocket({
    context,
    url: websocketUrl,
    token: (signal) => appToken(context, clientSecret, signal),
    onEvent: (body) => {
      const event = readEvent(body, context.clock.now());
      if (event !== null) take(event);
    },
    onState,
  });
  return { socket, notices: [] };
}

function nameOf(me: {
  id: string;
  display_name?: string | undefined;
  first_name?: string | undefined;
  last_name?: string | undefined;
}): string {
  const full = [me.first_name, me.last_name].filter(Boolean).join(' ').trim();
  return me.display_name?.trim() || full || me.id;
}
