import { type SlackMethod, SlackRefusal } from './method.ts';

/** `auth.test` and `auth.revoke`; `team.info` and `api.test`, which sign-in checks use too. */
export const authMethods: Readonly<Record<string, SlackMethod>> = {
  'auth.test': {
    tier: 'special',
    scope: null,
    bots: true,
    access: 'write',
    run: ({ workspace, caller, token, now }) => ({
      url: `https://${workspace.identity.domain}.slack.com/`,
      team: token.orgWide ? (workspace.identity.enterprise?.name ?? '') : workspace.identity.name,
      user: caller.name,
      team_id: token.orgWide ? workspace.identity.enterprise?.id : workspace.identity.teamId,
      user_id: caller.id,
      ...(token.kind === 'bot' ? { bot_id: `B${caller.id.slice(1)}` } : {}),
      ...(workspace.identity.enterprise === undefined ? {} : { enterprise_id: workspace.identity.enterprise.id }),
      is_enterprise_install: token.orgWide,
      ...(token.expiresAt === null ? {} : { expires_in: Math.ceil((token.expiresAt - now) / 1000) }),
    }),
  },
  'auth.revoke': {
    tier: 'tier3',
    scope: null,
    bots: true,
    access: 'read',
    run: ({ args, revokeToken }) => {
      const dryRun = args.get('test') === '1' || args.get('test') === 'true';
      if (!dryRun) revokeToken();
      return { revoked: !dryRun };
    },
  },
  'auth.teams.list': {
    tier: 'tier2',
    scope: null,
    bots: true,
    access: 'read',
    run: ({ workspace, behaviour }) => ({
      teams: [workspace.identity, ...behaviour.otherTeams].map(({ teamId, name }) => ({ id: teamId, name })),
      response_metadata: { next_cursor: '' },
    }),
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
