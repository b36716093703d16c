import { presenceAt } from '../workspace/presence.ts';
import { type SlackMethod, SlackRefusal, seconds, subject } from './method.ts';

/** `users.getPresence`, `users.setPresence`. */
export const presenceMethods: Readonly<Record<string, SlackMethod>> = {
  'users.getPresence': {
    tier: 'tier3',
    scope: 'users:read',
    bots: true,
    access: 'read',
    run: (call) => {
      const user = subject(call);
      const presence = presenceAt(user, call.now);
      if (user.id !== call.caller.id) return { presence: presence.presence };
      return {
        presence: presence.presence,
        online: presence.online,
        auto_away: presence.autoAway,
        manual_away: presence.manualAway,
        connection_count: presence.connectionCount,
        // Absent without a connected client, says users.getPresence' page.
        ...(presence.online ? { last_activity: seconds(presence.lastActivity) } : {}),
      };
    },
  },
  'users.setPresence': {
    tier: 'tier2',
    scope: 'users:write',
    bots: true,
    access: 'write',
    run: ({ workspace, args, caller }) => {
      const wanted = args.get('presence');
      if (wanted !== 'auto' && wanted !== 'away') throw new SlackRefusal('invalid_presence');
      workspace.setManualAway(caller.id, wanted === 'away');
      return {};
    },
  },
};
