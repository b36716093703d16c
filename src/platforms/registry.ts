import { discordAdapter } from './discord/adapter.ts';
import { googleChatAdapter } from './google-chat/adapter.ts';
import { linkedinAdapter } from './linkedin/adapter.ts';
import type { PlatformId } from './manifest.ts';
import type { PlatformAdapter } from './platform.ts';
import { slackAdapter } from './slack/adapter.ts';
import { teamsAdapter } from './teams/adapter.ts';
import { whatsappAdapter } from './whatsapp/adapter.ts';
import { xmppAdapter } from './xmpp/adapter.ts';
import { zoomAdapter } from './zoom/adapter.ts';

/** Every platform of Muster. One that is named in `PLATFORM_IDS` and missing here does not compile. */
export const registry: Readonly<Record<PlatformId, PlatformAdapter>> = {
  xmpp: xmppAdapter,
  slack: slackAdapter,
  teams: teamsAdapter,
  whatsapp: whatsappAdapter,
  zoom: zoomAdapter,
  discord: discordAdapter,
  'google-chat': googleChatAdapter,
  linkedin: linkedinAdapter,
};
