import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startBelievableSlack } from './slack/believable-slack.ts';

const HELP = `Simulated platforms on 127.0.0.1, to try Muster or its API against without any account.

  npm run simulator -- [options]

  --slack-port <n>  port of the first Slack workspace; the second takes the next one (default 8901)
  --users <n>       people in each Slack workspace (default 60)
  --seed <n>        another seed gives other people (default 1)
  --help            this text

It runs until Ctrl+C. Its accounts, tokens and passwords are printed; they open nothing but the simulator.`;

const wholeNumber = (fallback: number, max: number) => z.coerce.number().int().min(1).max(max).default(fallback);

const optionsSchema = z.object({
  'slack-port': wholeNumber(8901, 65_534),
  users: wholeNumber(60, 20_000),
  seed: wholeNumber(1, 2 ** 31),
});

const running: { close(): Promise<void> }[] = [];

async function stop(): Promise<void> {
  await Promise.all(running.map((server) => server.close()));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      'slack-port': { type: 'string' },
      users: { type: 'string' },
      seed: { type: 'string' },
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
    const me = slack.workspace.user(members.me);
    console.log(`Slack  ${name}: ${members.people.length} people, ${members.deactivated.length} deactivated`);
    console.log(`       apiUrl  ${slack.apiUrl}`);
    console.log(`       token   ${token}   (${me.realName}, ${me.id})`);
  }
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
