import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalDiscordApp } from '../../discord/local-app.ts';
import { startDiscordSimulator } from '../../discord/server.ts';
import { pick } from '../../people/random.ts';
import type { TeamMember } from '../team.ts';
import type { Myself, TeamPlace } from './place.ts';

const ME = '200000000000000099';
const APPLICATION = '700000000000000001';
const AT_WORK = ['online', 'online', 'online', 'idle', 'dnd'] as const;
const GAMES = ['Chess', 'Factory Line', 'Sea of Code'] as const;
const SAYINGS = ['Ship it', 'Reading logs', 'Pairing in the blue room'] as const;

/** The team's Discord server, and one's own Discord app on this computer. */
export async function discordPlace(members: readonly TeamMember[], me: Myself): Promise<TeamPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'demo-discord-'));
  const discord = await startDiscordSimulator();
  const { world } = discord;
  const idOf = ({ id }: TeamMember) => `3000000000000${id.padStart(5, '0')}`;
  world.applications.set(APPLICATION, 'Muster');
  world.addUser({ id: ME, username: me.handle, globalName: `${me.first} ${me.last}` });
  world.setStatus(ME, 'online');
  for (const member of members) world.addUser({ id: idOf(member), username: member.handle, globalName: member.name });
  world.addGuild({ id: '500000000000000001', name: 'Harbour Works', members: [ME, ...members.map(idOf)] });
  const app = await startLocalDiscordApp({ folder, world, userId: ME });
  return {
    place: 'discord',
    account: {
      platform: 'discord',
      label: 'Harbour on Discord',
      settings: { apiUrl: discord.apiUrl, userId: ME, clientId: APPLICATION, ipcPath: folder },
      secrets: { botToken: world.token },
    },
    act(member, atWork, random) {
      const id = idOf(member);
      world.setStatus(id, atWork ? pick(random, AT_WORK) : 'offline', [random() < 0.3 ? 'mobile' : 'desktop']);
      if (!atWork) return;
      const doing = pick(random, ['speaks', 'plays', 'nothing'] as const);
      if (doing === 'speaks') world.setCustomStatus(id, { text: pick(random, SAYINGS), emoji: { name: '⚓' } });
      else if (doing === 'plays')
        world.setActivities(id, [{ type: 0, name: pick(random, GAMES), createdAt: Date.now() }]);
      else world.setActivities(id, []);
    },
    troubles: [{ what: 'restarts its gateway', begin: () => restarted(() => discord.restart(4_000)) }],
    close: async () => {
      await app.close();
      await discord.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A restart heals itself. */
function restarted(restart: () => Promise<void>): () => Promise<void> {
  const back = restart();
  return () => back;
}
