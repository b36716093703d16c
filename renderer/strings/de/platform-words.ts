import { discordWords } from './platforms/discord.ts';
import { slackWords } from './platforms/slack.ts';
import { whatsappWords } from './platforms/whatsapp.ts';
import { xmppWords } from './platforms/xmpp.ts';
import { zoomWords } from './platforms/zoom.ts';

/** German for what the platforms' own descriptions say, by the English sentence of `/v1/platforms`. */
export const platformWords: ReadonlyMap<string, string> = new Map([
  ...discordWords,
  ...slackWords,
  ...whatsappWords,
  ...xmppWords,
  ...zoomWords,
]);
