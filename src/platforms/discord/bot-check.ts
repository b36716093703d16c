import type { AdapterContext, Connection } from '../platform.ts';
import { intentsMissing } from './errors.ts';
import { missingIntents } from './gateway/protocol.ts';
import { apiUrlOf, type DiscordSettings } from './manifest.ts';
import { nameOf } from './mapping.ts';
import { RestClient } from './rest-client.ts';
import { applicationSchema, guildListSchema, userSchema } from './schema.ts';

/**
 * Whether a bot could sign in, by REST alone: Discord counts sign-ins on the gateway, takes one in 5 s, and the flags of the
 * application tell which privileged intents are on. Rejects as signing in would.
 */
export async function checkBot(
  context: AdapterContext<DiscordSettings>,
  token: string,
): Promise<Pick<Connection, 'self' | 'label'>> {
  const { settings, signal } = context;
  const rest = new RestClient(context, token, apiUrlOf(settings));
  const bot = await rest.get('/users/@me', userSchema, signal);
  const { flags } = await rest.get('/applications/@me', applicationSchema, signal);
  const missing = missingIntents(flags);
  if (missing.length > 0) throw intentsMissing(missing);
  const guilds = await rest.get('/users/@me/guilds', guildListSchema, signal);
  const names = guilds
    .filter(({ id }) => settings.guildIds === undefined || settings.guildIds.includes(id))
    .map(({ name }) => name);
  const [name, ...others] = names;
  return {
    self: { userId: bot.id, displayName: nameOf(bot) },
    ...(name && others.length === 0 ? { label: name } : {}),
  };
}
