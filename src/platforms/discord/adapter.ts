import { MusterError } from '../../domain/errors.ts';
import type { AdapterContext, PlatformAdapter } from '../platform.ts';
import { checkBot } from './bot-check.ts';
import { DiscordConnection } from './connection.ts';
import { type DiscordSettings, discordManifest } from './manifest.ts';

/** Discord: a bot of the user's own, in a server shared with the colleagues; everything is pushed. */
export const discordAdapter: PlatformAdapter<DiscordSettings> = {
  manifest: discordManifest,
  async check(context: AdapterContext<DiscordSettings>) {
    return checkBot(context, await botTokenOf(context));
  },
  async connect(context: AdapterContext<DiscordSettings>) {
    const connection = new DiscordConnection(context, await botTokenOf(context));
    await connection.start(context.signal);
    return connection;
  },
};

/**
 * The bot's token, refused here when it is plainly of another kind, before it is sent anywhere. A user's token of the usual form looks
 * like a bot's; it begins with the user's id in base64, which is compared, and as `Bot …` Discord refuses it.
 */
async function botTokenOf({ secrets, settings }: AdapterContext<DiscordSettings>): Promise<string> {
  const pasted = (await secrets.get('botToken')) ?? '';
  const token = pasted.trim().replace(/^Bot\s+/i, '');
  if (token === '') {
    throw refused('The bot token is missing. Paste the token of your own Discord bot.');
  }
  const owner = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('latin1');
  if (/^mfa\./i.test(token) || (settings.userId !== undefined && owner === settings.userId)) {
    throw refused(
      'This is the token of a user account. Discord forbids programs to use it and may end the account: sign in with the token of your own bot.',
    );
  }
  if (/^Bearer\s/i.test(token)) {
    throw refused('This is a token of a Discord sign-in (Bearer). Use the token of your own bot.');
  }
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw refused('This is not a bot token: it has spaces or other odd characters in it.');
  }
  return token;
}

function refused(message: string): MusterError {
  return new MusterError('credentials-refused', message);
}
