import { type SlackMethod, seconds } from './method.ts';

/** `emoji.list`: the custom ones only. */
export const emojiMethods: Readonly<Record<string, SlackMethod>> = {
  'emoji.list': {
    tier: 'tier2',
    scope: 'emoji:read',
    bots: true,
    access: 'read',
    run: ({ workspace, now }) => ({
      emoji: Object.fromEntries(workspace.emoji()),
      cache_ts: `${seconds(now)}.000000`,
    }),
  },
};
