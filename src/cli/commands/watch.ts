import { type ContactView, routes } from '../../contract/index.ts';
import { systemClock } from '../../infra/clock/system-clock.ts';
import { iso } from '../../services/iso.ts';
import type { Client } from '../client.ts';
import { type AddCommand, type CommonOptions, clientFor, withCommonOptions } from '../command.ts';
import { readEvents } from '../event-reader.ts';
import { type CliIo, CommandFailure, EXIT, type ExitCode } from '../io.ts';
import { localTime, plain, table } from '../words.ts';
import { contactRow } from './contacts.ts';

/** `muster watch`. */
export const watchCommand: AddCommand = (program, io, finish) => {
  withCommonOptions(
    program
      .command('watch')
      .description('show every change of one person until interrupted; with --json one document a line')
      .argument('<contact>', 'an id, a name or an email address'),
  ).action((who: string, options: CommonOptions) => finish(() => runWatch(who, options, io)));
};

async function runWatch(who: string, options: CommonOptions, io: CliIo): Promise<ExitCode> {
  const client = await clientFor(options);
  const show = (contact: ContactView) => {
    if (options.json) return io.out(`${JSON.stringify(contact)}\n`);
    const now = systemClock.now();
    const time = localTime(iso(now), now, systemClock.timeZone());
    io.out(table(io, [[time, ...contactRow(io, contact, now)]]));
  };
  let shown = await findContact(client, who);
  show(shown);
  const take = (contact: ContactView) => {
    if (faceOf(contact) === faceOf(shown)) return;
    shown = contact;
    show(contact);
  };
  for await (const event of readEvents(client, io.interrupted)) {
    // Opened anew: something may have happened in between.
    if (event === 'opened') {
      take(await client.call(routes.getContact, { params: { id: shown.id } }));
    } else if (event.event === 'contact' && event.data.id === shown.id) {
      if (!('removed' in event.data)) take(event.data);
      else throw new CommandFailure(EXIT.failed, 'not-found', `${plain(shown.name)} is not in the list any more.`);
    }
  }
  return EXIT.done;
}

/** What a change has to show in to be printed; a look that found the same is none. */
function faceOf(contact: ContactView): string {
  const { status, doNotDisturb, message, emoji, activity, stale, name } = contact;
  return JSON.stringify([status, doNotDisturb, message, emoji, activity, stale, name]);
}

/** The one person that is meant: by id, else the only one that the name or address is equal to, else the only one it is part of. */
async function findContact(client: Client, who: string): Promise<ContactView> {
  if (/^c_[\w-]+$/.test(who)) {
    return client.call(routes.getContact, { params: { id: who } });
  }
  const found = await client.all((page) => client.call(routes.listContacts, { query: { ...page, query: who } }));
  const asked = who.toLocaleLowerCase();
  const equal = found.filter(({ name, email }) => name.toLocaleLowerCase() === asked || email?.toLowerCase() === asked);
  const candidates = equal.length > 0 ? equal : found;
  const [first, ...others] = candidates;
  if (!first) throw new CommandFailure(EXIT.failed, 'not-found', `Nobody is called “${plain(who)}”.`);
  if (others.length === 0) return first;
  throw new CommandFailure(
    EXIT.usage,
    'ambiguous',
    `“${plain(who)}” can be several people. Name one by its id:`,
    candidates
      .slice(0, 20)
      .map(({ id, name, email }) => ({ path: id, message: [name, email].filter(Boolean).join(', ') })),
  );
}
