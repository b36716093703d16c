import { discordWords } from './platforms/discord.ts';
import { googleChatWords } from './platforms/google-chat.ts';
import { linkedinWords } from './platforms/linkedin.ts';
import { slackWords } from './platforms/slack.ts';
import { teamsWords } from './platforms/teams.ts';
import { whatsappWords } from './platforms/whatsapp.ts';
import { xmppWords } from './platforms/xmpp.ts';
import { zoomWords } from './platforms/zoom.ts';

/** German for what the platforms' own descriptions say, by the English sentence of `/v1/platforms`. */
export const platformWords: ReadonlyMap<string, string> = new Map([
  ...discordWords,
  ...googleChatWords,
  ...linkedinWords,
  ...slackWords,
  ...teamsWords,
  ...whatsappWords,
  ...xmppWords,
  ...zoomWords,
]);
