import type { AdapterContext, Connection, PlatformAdapter } from '../platform.ts';
import { lackOf, SlackClient } from './client.ts';
import { refusalOf } from './errors.ts';
import { type EventSocket, eventSocket } from './event-socket.ts';
import { Events } from './events.ts';
import { slackManifest } from './manifest.ts';
import { slackOAuth } from './oauth.ts';
import { ownStatusBundle } from './own-status.ts';
import { People } from './people.ts';
import { Pictures } from './pictures.ts';
import { presencePoll, windowsPoll } from './presence.ts';
import { ROSTER_REFRESH_SECONDS, Roster } from './roster.ts';
import { authTestSchema } from './schema.ts';
import { SLACK_SCOPES } from './scopes.ts';
import { apiUrlOf, type SlackSettings } from './settings.ts';
import { teamOf } from './team.ts';

/** Slack: presence is polled, one workspace an account; with an app-level token the rest comes by events too. */
export const slackAdapter: PlatformAdapter<SlackSettings> = { manifest: slackManifest, oauth: slackOAuth, connect };

async function connect(context: AdapterContext<SlackSettings>): Promise<Connection> {
  const apiUrl = apiUrlOf(context.settings);
  const client = new SlackClient(context, apiUrl.href);
  const { value: who, scopes } = await client.answer('auth.test', {}, authTestSchema, { urgent: true });
  if (who.bot_id) throw refusalOf('auth.test', 'not_allowed_token_type');
  const notices = checkScopes(scopes);
  const team = await teamOf(client, who, context.settings.teamId);
  if (team.orgWide) client.teamId = team.id;

  const selfId = who.user_id;
  const people = new People(context);
  const own = ownStatusBundle(context, client, selfId);
  const roster = new Roster({ context, client, people, selfId, teamId: team.id, onSelf: own.noticeProfile });
  const pictures = new Pictures(context, client, apiUrl);
  // A refusal that ends the sign-in is told by the client itself; whatever else goes wrong says nothing about the token.
  const check = (): void => void client.call('auth.test', {}, authTestSchema, { urgent: true }).catch(() => undefined);
  const events = new Events({
    context,
    time: client.time,
    team,
    selfId,
    roster,
    people,
    onOwnDnd: own.noticeDnd,
    onRevoked: check,
  });
  const socket: EventSocket = await eventSocket(context, apiUrl, client.time, (payload) => events.take(payload));

  client.onEnded = (error) => {
    client.onEnded = null;
    context.report.lost(error);
  };
  const end = (): Promise<void> => {
    client.onEnded = null;
    client.close();
    people.close();
    return socket.close();
  };
  const onAbort = (): void => void end();
  context.signal.addEventListener('abort', onAbort, { once: true });
  if (context.signal.aborted) {
    await end();
    context.signal.throwIfAborted();
  }

  return {
    self: { userId: selfId, displayName: who.user ?? selfId },
    ...(team.name === null ? {} : { label: team.name }),
    get notices() {
      return [...notices, ...(socket.notice === null ? [] : [socket.notice])];
    },
    roster: { list: (signal) => roster.list(signal), refreshSeconds: ROSTER_REFRESH_SECONDS },
    presence: {
      push: false,
      poll: [presencePoll({ context, client, people }), windowsPoll({ context, client, people })],
    },
    ownStatus: own.bundle,
    avatars: { load: (avatarKey, signal) => pictures.avatar(avatarKey, signal) },
    ...(scopes?.includes('emoji:read') === false
      ? {}
      : { emoji: { load: (name: string, signal: AbortSignal) => pictures.emoji(name, signal) } }),
    chatUrl: (userId) => `slack://user?team=${encodeURIComponent(team.id)}&id=${encodeURIComponent(userId)}`,
    async verify(signal) {
      socket.wake();
      await client.call('auth.test', {}, authTestSchema, { signal, urgent: true });
    },
    async close() {
      context.signal.removeEventListener('abort', onAbort);
      await end();
    },
  };
}

/** Sentences about missing optional permissions; a missing required one is thrown. Slack tells the granted scopes in a header; a gateway may drop it. */
function checkScopes(granted: readonly string[] | null): string[] {
  if (granted === null) return [];
  const lack = lackOf(
    SLACK_SCOPES.filter(({ required }) => required).map(({ scope }) => scope),
    granted,
  );
  if (lack !== null) throw lack;
  return SLACK_SCOPES.filter(({ required, scope }) => !required && !granted.includes(scope)).map(
    ({ scope, purpose }) => `The Slack token lacks the optional permission ${scope}, which Muster uses ${purpose}.`,
  );
}
