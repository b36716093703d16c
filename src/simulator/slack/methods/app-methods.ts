import { type SlackMethod, SlackRefusal } from './method.ts';

/** `apps.connections.open`, the one method of an app-level token. */
export const appMethods: Readonly<Record<string, SlackMethod>> = {
  'apps.connections.open': {
    tier: 'tier3',
    scope: 'connections:write',
    bots: false,
    appLevel: true,
    access: 'write',
    run: ({ posted, socketAddress }) => {
      if (!posted) throw new SlackRefusal('insecure_request');
      return { url: socketAddress() };
    },
  },
};
