import { type SlackMethod, SlackRefusal } from './method.ts';

/** `auth.test` and `auth.revoke`; `team.info` and `api.test`, which sign-in checks use too. */
export const authMethods: Readonly<Record<string, SlackMethod>> = {
  'auth.test': {
    tier: 'special',
    scope: null,
    bots: true,
    access: 'write',
    run: ({ workspace, caller, token }) => ({
      url: `https://${workspace.identity.domain}.slack.com/`,
      team: workspace.identity.name,
      user: caller.name,
      team_id: workspace.identity.teamId,
      user_id: caller.id,
      ...(token.kind === 'bot' ? { bot_id: `B${caller.id.slice(1)}` } : {}),
      is_enterprise_install: false,
    }),
  },
  'auth.revoke': {
    tier: 'tier3',
    scope: null,
    bots: true,
    access: 'read',
    run: ({ workspace, args, token }) => {
      const dryRun = args.get('test') === '1' || args.get('test') === 'true';
      if (!dryRun) workspace.revokeToken(token.token);
      return { revoked: !dryRun };
    },
  },
  'api.test': {
    tier: 'tier4',
    scope: null,
    bots: true,
    access: 'write',
    run: ({ args }) => {
      const echoed = Object.fromEntries([...args].filter(([name]) => name !== 'token'));
      const error = args.get('error');
      if (error !== undefined) throw new SlackRefusal(error, { args: echoed });
      return { args: echoed };
    },
  },
  'team.info': {
    tier: 'tier3',
    scope: 'team:read',
    bots: true,
    access: 'read',
    run: ({ workspace, args, behaviour }) => {
      const { teamId, name, domain } = workspace.identity;
      const team = args.get('team');
      if (team !== undefined && team !== teamId) throw new SlackRefusal('team_not_found');
      const sizes = [34, 44, 68, 88, 102, 132, 230].map((size) => [
        `image_${size}`,
        `${behaviour.imageBase}avatar/${teamId}-${size}.png`,
      ]);
      return {
        team: {
          id: teamId,
          name,
          url: `https://${domain}.slack.com/`,
          domain,
          email_domain: '',
          icon: { ...Object.fromEntries(sizes), image_default: true },
          avatar_base_url: behaviour.imageBase,
          is_verified: false,
        },
      };
    },
  },
};
