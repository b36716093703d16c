import { MusterError } from '../../domain/errors.ts';
import type { AdapterContext, Connection, PlatformAdapter } from '../platform.ts';
import { lackOf, SlackClient } from './client.ts';
import { refusalOf } from './errors.ts';
import { apiUrlOf, SLACK_SCOPES, type SlackSettings, slackManifest } from './manifest.ts';
import { ownStatusBundle } from './own-status.ts';
import { People } from './people.ts';
import { Pictures } from './pictures.ts';
import { presencePoll, windowsPoll } from './presence.ts';
import { ROSTER_REFRESH_SECONDS, Roster } from './roster.ts';
import { authTestSchema } from './schema.ts';

/** Slack: everything is polled, one token, one workspace. */
export const slackAdapter: PlatformAdapter<SlackSettings> = { manifest: slackManifest, connect };

async function connect(context: AdapterContext<SlackSettings>): Promise<Connection> {
  const token = await userToken(context);
  const apiUrl = apiUrlOf(context.settings);
  const client = new SlackClient(context, token, apiUrl.href);
  const { value: who, scopes } = await client.answer('auth.test', {}, authTestSchema, { urgent: true });
  if (who.bot_id) throw refusalOf('auth.test', 'not_allowed_token_type');
  const notices = checkScopes(scopes);

  const people = new People(context);
  const own = ownStatusBundle(context, client, who.user_id);
  const onSelf = own.noticeProfile;
  const roster = new Roster({ context, client, people, selfId: who.user_id, onSelf });
  const pictures = new Pictures(context, client, apiUrl);
  client.onEnded = (error) => {
    client.onEnded = null;
    context.report.lost(error);
  };
  const end = (): void => {
    client.onEnded = null;
    client.close();
    people.close();
  };
  context.signal.addEventListener('abort', end, { once: true });

  return {
    self: { userId: who.user_id, displayName: who.user ?? who.user_id },
    ...(who.team ? { label: who.team } : {}),
    notices,
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
    chatUrl: (userId) => `slack://user?team=${encodeURIComponent(who.team_id)}&id=${encodeURIComponent(userId)}`,
    async verify(signal) {
      await client.call('auth.test', {}, authTestSchema, { signal, urgent: true });
    },
    async close() {
      context.signal.removeEventListener('abort', end);
      end();
    },
  };
}

/** The token, refused here when it is plainly of a kind that cannot work, before it is sent anywhere. */
async function userToken(context: AdapterContext<SlackSettings>): Promise<string> {
  const token = (await context.secrets.get('userToken'))?.trim() ?? '';
  if (token === '') {
    throw new MusterError(
      'credentials-refused',
      'The Slack token is missing. Paste the User OAuth Token of your Slack app.',
    );
  }
  if (/^xoxb-|^xoxe\.xoxb-/.test(token)) {
    throw new MusterError(
      'credentials-refused',
      'This is a bot’s token (xoxb-), which cannot see or set your own status. Use the User OAuth Token, which begins with xoxp-.',
      { params: { error: 'not_allowed_token_type' } },
    );
  }
  if (token.startsWith('xapp-')) {
    throw new MusterError(
      'credentials-refused',
      'This is an app-level token (xapp-). Use the User OAuth Token, which begins with xoxp-.',
      { params: { error: 'not_allowed_token_type' } },
    );
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new MusterError(
      'credentials-refused',
      'This is not a Slack token: it has spaces or other odd characters in it.',
    );
  }
  return token;
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
