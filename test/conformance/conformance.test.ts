import { PLATFORM_IDS, type PlatformId } from '../../src/platforms/manifest.ts';
import { registry } from '../../src/platforms/registry.ts';
import type { Bench } from './bench.ts';
import { discordBench } from './discord-bench.ts';
import { googleChatBench } from './google-chat-bench.ts';
import { linkedinBench } from './linkedin-bench.ts';
import { describeConformance } from './platform.ts';
import { slackBench } from './slack-bench.ts';
import { teamsBench } from './teams-bench.ts';
import { whatsappBench } from './whatsapp-bench.ts';
import { xmppBench } from './xmpp-bench.ts';
import { zoomBench } from './zoom-bench.ts';

/** A platform without a bench does not compile. */
const benches: Readonly<Record<PlatformId, Bench>> = {
  xmpp: xmppBench,
  slack: slackBench,
  teams: teamsBench,
  whatsapp: whatsappBench,
  zoom: zoomBench,
  discord: discordBench,
  'google-chat': googleChatBench,
  linkedin: linkedinBench,
};

for (const id of PLATFORM_IDS) describeConformance(registry[id], benches[id]);
