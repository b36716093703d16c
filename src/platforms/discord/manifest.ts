import { z } from 'zod';
import { baseUrlOf, baseUrlSchema, isLoopback } from '../base-url.ts';
import { FULL, type Permission, type PlatformManifest } from '../manifest.ts';
import { snowflakeSchema } from './schema.ts';

/** An account's settings. */
export const discordSettingsSchema = z.strictObject({
  apiUrl: baseUrlSchema
    .optional()
    .describe('The address of Discord’s API; only for gateways and test servers. The event gateway comes from there.'),
  guildIds: z
    .array(snowflakeSchema)
    .min(1)
    .optional()
    .describe('The ids of the servers to look at; empty for every server that your bot is in.'),
  userId: snowflakeSchema
    .optional()
    .describe('Your own user id, so that you are not listed as a colleague; known by itself while Discord runs here.'),
  clientId: snowflakeSchema
    .optional()
    .describe('The application whose name your Rich Presence line shows; your bot’s own when empty.'),
  ipcPath: z
    .string()
    .min(1)
    .optional()
    .describe(
      'The folder in which the Discord app keeps its socket discord-ipc-0; only where it is not found by itself.',
    ),
});
export type DiscordSettings = z.infer<typeof discordSettingsSchema>;

/** Where the API is, without the version and without a slash at the end. */
export function apiUrlOf(settings: Pick<DiscordSettings, 'apiUrl'>): string {
  return baseUrlOf(settings.apiUrl ?? 'https://discord.com/api').href.replace(/\/(v\d+\/)?$/, '');
}

/** Where pictures come from, with a slash at the end: Discord's own, or beside an API elsewhere. */
export function cdnUrlOf(settings: Pick<DiscordSettings, 'apiUrl'>): URL {
  return settings.apiUrl === undefined
    ? new URL('https://cdn.discordapp.com/')
    : new URL('/cdn/', baseUrlOf(settings.apiUrl));
}

/** Whether events may come from there: TLS, or this machine. */
export function isGatewayUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'wss:' || (url.protocol === 'ws:' && isLoopback(url)));
}

/** The gateway intents that Muster asks for (docs.discord.com/developers/events/gateway, “Privileged Intents”). */
const INTENTS: readonly Permission[] = [
  { scope: 'GUILDS', required: true, purpose: 'to know the servers that your bot is in' },
  {
    scope: 'GUILD_MEMBERS',
    required: true,
    purpose: 'to list the people of those servers (“Server Members Intent”)',
  },
  { scope: 'GUILD_PRESENCES', required: true, purpose: 'to see who is around (“Presence Intent”)' },
];

/** Discord as data. */
export const discordManifest: PlatformManifest<DiscordSettings> = {
  id: 'discord',
  name: 'Discord',
  delivery: 'push',
  auth: ['token'],
  offByDefault: null,
  inbound: null,
  lacks: [
    { what: 'expired credentials', reason: 'a bot’s token never expires: it counts until it is reset' },
    {
      what: 'override',
      reason:
        'the Rich Presence line belongs to the program that wrote it: the user can hide all such lines, but not change one',
    },
  ],
  tier: 'gold',
  capabilities: {
    readOthers: {
      level: 'partial',
      reason:
        'Discord tells only of people who share a server with your bot; whoever is invisible looks offline. It also sends the presence of people you opted out, which Muster drops unread.',
    },
    push: FULL,
    ownAvailability: {
      level: 'none',
      reason: 'No program may set your status on Discord: only you can, in Discord’s own apps.',
    },
    ownMessage: {
      level: 'partial',
      reason:
        'Muster shows your message as a Rich Presence line, while the Discord app runs on this computer; your custom status stays as it is.',
    },
    ownExpiry: {
      level: 'partial',
      reason: 'Discord counts down to the end and leaves the line there; Muster takes it away.',
    },
    doNotDisturb: {
      level: 'none',
      reason: 'No program may set do-not-disturb on Discord; Muster shows the colleagues’.',
    },
    lastSeen: { level: 'none', reason: 'Discord does not say when people were last active.' },
  },
  settings: discordSettingsSchema,
  secrets: [
    {
      key: 'botToken',
      title: 'Bot token',
      description:
        'The token of your own bot, never of your own user account. Discord shows it once, under “Bot → Reset Token”.',
      required: true,
    },
  ],
  signIn: {
    steps: [
      'Open Discord’s developer portal, choose “New Application” and name it; the name is what your Rich Presence line says.',
      'Under “Bot”, switch on “Presence Intent” and “Server Members Intent” in the section “Privileged Gateway Intents”, and save.',
      'Under “OAuth2 → URL Generator”, tick the scope “bot” and no permission, open the address below and add the bot to your server; the server’s owner or an admin can do this.',
      'Under “Bot”, choose “Reset Token”, copy the token and paste it here.',
    ],
    oauthSteps: [],
    appManifest: null,
    portalUrl: 'https://discord.com/developers/applications',
    permissions: INTENTS,
  },
  documentationUrl: 'https://docs.discord.com/developers/events/gateway',
  verifiedLive: null,
};
