import { toMusterError } from '../../domain/errors.ts';
import type { AdapterContext, Connection, PlatformAdapter } from '../platform.ts';
import { type Cloud, cloudOf } from './clouds.ts';
import { directoryOf } from './directory.ts';
import { NO_SUCH_CALL, noPresence, personalAccount } from './errors.ts';
import { Graph, MOST_IDS } from './graph.ts';
import { type TeamsSettings, teamsManifest } from './manifest.ts';
import { teamsOAuth } from './oauth.ts';
import { ownStatus } from './own-status.ts';
import { People } from './people.ts';
import { loadPhoto } from './pictures.ts';
import { presencePoll } from './presence.ts';
import { MOST_PEOPLE, ROSTER_REFRESH_SECONDS, Roster } from './roster.ts';
import { PresenceSubscription } from './subscription.ts';
import { teamsWebhook } from './webhook.ts';

const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Microsoft Teams by Microsoft Graph, for the user who is signed in. */
export const teamsAdapter: PlatformAdapter<TeamsSettings> = {
  manifest: teamsManifest,
  oauth: teamsOAuth,
  webhook: teamsWebhook,
  connect,
};

async function connect(context: AdapterContext<TeamsSettings>): Promise<Connection> {
  const { settings } = context;
  const cloud = cloudOf(settings);
  const graph = new Graph(context, cloud.graphUrl);
  const me = await graph.me({ urgent: true });
  // Personal accounts have ids of another form, and no presence.
  if (!OBJECT_ID.test(me.id)) throw personalAccount();
  await checkPresence(graph, me.id, cloud);
  const chosen = settings.people?.length ? settings.people : null;
  const directory = chosen === null ? await sizeOf(graph) : chosen.length;
  const notices: string[] = [];
  if (directory > MOST_PEOPLE) {
    notices.push(
      `Your organisation’s directory has ${directory} people: Muster lists the first ${MOST_PEOPLE}. Choose your colleagues on the account’s page to see only them.`,
    );
  }
  if (!cloud.documentsPresence)
    notices.push(
      `${cloud.name} lets no app set a status: Muster shows your colleagues there and leaves yours as it is.`,
    );

  const people = new People(context);
  const own = ownStatus(context, graph, me.id);
  const url = context.webhookUrl;
  const subscription = url === null ? null : new PresenceSubscription({ context, graph, people, url });
  const roster = new Roster({ context, graph, people, selfId: me.id, chosen });
  graph.onEnded = (error) => context.report.lost(error);
  const end = (): void => {
    own.session.stop();
    subscription?.stop();
    people.close();
    graph.close();
  };
  context.signal.addEventListener('abort', end, { once: true });
  own.session.resume();

  return {
    self: { userId: me.id, displayName: me.displayName ?? me.userPrincipalName ?? me.id },
    get notices() {
      return [...notices, ...roster.notices];
    },
    directory: directoryOf(context, graph, me.id),
    roster: { list: (signal) => roster.list(signal), refreshSeconds: ROSTER_REFRESH_SECONDS },
    presence: {
      push: false,
      poll: [presencePoll(context, graph, people, Math.min(directory, MOST_PEOPLE))],
      ...(subscription === null
        ? {}
        : {
            resubscribe: (signal) => subscription.resubscribe(signal),
            following: { most: MOST_IDS, follow: (userIds, signal) => subscription.follow(userIds, signal) },
          }),
    },
    ...(subscription === null ? {} : { webhook: { deliver: (payload) => subscription.deliver(payload) } }),
    ...(cloud.documentsPresence ? { ownStatus: own.bundle } : {}),
    avatars: { load: (avatarKey, signal) => loadPhoto(context, cloud.graphUrl, avatarKey, signal) },
    chatUrl: (userId) => `${cloud.teamsUrl}l/chat/0/0?users=${encodeURIComponent(userId)}`,
    async verify(signal) {
      await graph.me({ signal, urgent: true });
    },
    async close() {
      context.signal.removeEventListener('abort', end);
      await subscription?.close();
      end();
    },
  };
}

/** The permission to read presence shows only when some is read; and whether the cloud has any, which Microsoft's pages deny of one. */
async function checkPresence(graph: Graph, selfId: string, cloud: Cloud): Promise<void> {
  try {
    await graph.presences([selfId], { urgent: true });
  } catch (thrown) {
    const { code } = toMusterError(thrown);
    if (cloud.documentsPresence || !NO_SUCH_CALL.has(code)) throw thrown;
    throw noPresence(cloud.name, thrown);
  }
}

/** How many people the directory has. It is for planning only: where Graph does not count, as many as are listed at most. */
async function sizeOf(graph: Graph): Promise<number> {
  try {
    return await graph.count({ urgent: true });
  } catch (thrown) {
    const { code } = toMusterError(thrown);
    if (code === 'invalid-request' || code === 'not-found' || code === 'protocol-error') return MOST_PEOPLE;
    throw thrown;
  }
}
