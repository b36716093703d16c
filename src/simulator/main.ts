import { parseArgs } from 'node:util';
import { z } from 'zod';
import { changeSomebody, startBelievableXmpp } from './believable-xmpp.ts';
import { pick, seededRandom } from './people/random.ts';
import { startBelievableSlack } from './slack/believable-slack.ts';
import { changeSomething } from './slack/everyday-life.ts';
import { chanceAtWork, localHour, makeTeam, type TeamMember } from './team/team.ts';
import { at, startOtherPlaces } from './team/team-servers.ts';

const HELP = `Simulated platforms on 127.0.0.1, to try Muster or its API against without any account.

  npm run simulator -- [options]

  --slack-port <n>  port of the first Slack workspace; the second takes the next one (default 8901)
  --xmpp-port <n>   port of the XMPP server (default 8922)
  --all             Discord, Teams, Zoom, Google Chat, WhatsApp and LinkedIn too, on free ports, with a team of sixty
  --users <n>       people in each Slack workspace, and at most 500 on the XMPP server (default 60)
  --seed <n>        another seed gives other people (default 1)
  --pace <n>        changes a minute in each place, 0 for none (default 6)
  --help            this text

It runs until Ctrl+C. Its accounts, tokens and passwords are printed; they open nothing but the simulator.`;

const wholeNumber = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);

const optionsSchema = z.object({
  'slack-port': wholeNumber(8901, 1, 65_534),
  'xmpp-port': wholeNumber(8922, 1, 65_535),
  users: wholeNumber(60, 2, 20_000),
  seed: wholeNumber(1, 1, 2 ** 31),
  pace: wholeNumber(6, 0, 6_000),
  all: z.boolean().default(false),
});

const running: { close(): Promise<void> }[] = [];
const timers: NodeJS.Timeout[] = [];

async function stop(): Promise<void> {
  for (const timer of timers) clearInterval(timer);
  await Promise.all(running.map((server) => server.close()));
}

/** The other platforms with the demo's team, and what one signs in with. */
async function startOthers(seed: number, pace: number): Promise<void> {
  const members = makeTeam(60, seed, true);
  const others = await startOtherPlaces(members);
  const random = seededRandom(seed);
  const atWork = (member: TeamMember) => random() < chanceAtWork(localHour(member.timeZone, Date.now()));
  for (const { place, account, act, close } of others) {
    running.push({ close });
    const people = at(place, members);
    for (const member of people) act(member, atWork(member), random);
    if (pace > 0 && people.length > 0) {
      const change = () => {
        const member = pick(random, people);
        act(member, atWork(member), random);
      };
      timers.push(setInterval(change, 60_000 / pace));
    }
    console.log(`${account.platform}: ${people.length} people`);
    for (const [key, value] of Object.entries({ ...account.settings, ...account.secrets }))
      console.log(`       ${key}  ${value}`);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      'slack-port': { type: 'string' },
      'xmpp-port': { type: 'string' },
      users: { type: 'string' },
      seed: { type: 'string' },
      pace: { type: 'string' },
      all: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const options = optionsSchema.parse(values);
  for (const [index, name] of ['Harbour Works', 'Northlight Studio'].entries()) {
    const { slack, members, token } = await startBelievableSlack({
      name,
      people: options.users,
      seed: options.seed + index,
      port: options['slack-port'] + index,
    });
    running.push(slack);
    const others = members.people.filter((id) => id !== members.me);
    const random = seededRandom(options.seed + index);
    if (options.pace > 0) {
      timers.push(setInterval(() => changeSomething(slack.workspace, others, random), 60_000 / options.pace));
    }
    const me = slack.workspace.user(members.me);
    console.log(`Slack  ${name}: ${members.people.length} people, ${members.deactivated.length} deactivated`);
    console.log(`       apiUrl  ${slack.apiUrl}`);
    console.log(`       token   ${token}   (${me.realName}, ${me.id})`);
  }
  const { xmpp, me, password, others } = await startBelievableXmpp({
    port: options['xmpp-port'],
    people: Math.min(options.users, 500),
    seed: options.seed,
  });
  running.push(xmpp);
  const random = seededRandom(options.seed);
  if (options.pace > 0) {
    timers.push(setInterval(() => changeSomebody(xmpp, others, random), 60_000 / options.pace));
  }
  console.log(`XMPP   ${xmpp.domain}: ${others.length} contacts`);
  console.log(`       service   ${xmpp.service}   (without TLS, which is allowed on this machine only)`);
  console.log(`       address   ${me}@${xmpp.domain}`);
  console.log(`       password  ${password}`);
  if (options.all) await startOthers(options.seed, options.pace);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().then(() => console.log('Stopped.')));
  }
  console.log('Running until Ctrl+C.');
}

main().catch(async (error: unknown) => {
  await stop();
  console.error(error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : error);
  console.error('See --help.');
  process.exitCode = 1;
});
