import { slackWords } from './platforms/slack.ts';
import { xmppWords } from './platforms/xmpp.ts';

/** German for what the platforms' own descriptions say, by the English sentence of `/v1/platforms`. */
export const platformWords: ReadonlyMap<string, string> = new Map([...slackWords, ...xmppWords]);
