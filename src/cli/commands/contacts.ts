import { type ContactView, routes } from '../../contract/index.ts';
import type { EpochMs } from '../../domain/time.ts';
import { systemClock } from '../../infra/clock/system-clock.ts';
import { type AddCommand, type CommonOptions, clientFor, printJson, withCommonOptions } from '../command.ts';
import { type CliIo, EXIT, type ExitCode } from '../io.ts';
import { age, paint, plain, statusWord, table } from '../words.ts';

interface ContactsOptions extends CommonOptions {
  readonly status?: string;
}

/** `muster contacts`. */
export const contactsCommand: AddCommand = (program, io, finish) => {
  withCommonOptions(
    program
      .command('contacts')
      .description('people: favourites first, then who is around')
      .argument('[query]', 'part of a name, an email address or a user id')
      .option('--status <list>', 'only these, for instance online,idle'),
  ).action((query: string | undefined, options: ContactsOptions) => finish(() => runContacts(query, options, io)));
};

async function runContacts(text: string | undefined, options: ContactsOptions, io: CliIo): Promise<ExitCode> {
  const client = await clientFor(options);
  const filter = {
    ...(text === undefined ? {} : { query: text }),
    ...(options.status === undefined ? {} : { status: options.status }),
  };
  const contacts = await client.all((page) => client.call(routes.listContacts, { query: { ...page, ...filter } }));
  if (options.json) printJson(io, contacts);
  else if (contacts.length === 0) io.out('Nobody.\n');
  else
    io.out(
      table(
        io,
        contacts.map((contact) => contactRow(io, contact, systemClock.now())),
      ),
    );
  return EXIT.done;
}

/** One person as a row: status, name, where, message, and how old it is when it is stale. */
export function contactRow(io: CliIo, contact: ContactView, now: EpochMs): string[] {
  const platforms = [...new Set(contact.identities.map((identity) => identity.platform))].join('+');
  const said = [contact.emoji, contact.message, contact.activity].filter((part) => part !== null && part !== '');
  const stale =
    contact.stale && contact.why.observedAt ? paint(io, 90, `(seen ${age(contact.why.observedAt, now)})`) : '';
  const quiet = contact.doNotDisturb ? ' (do not disturb)' : '';
  return [
    `${statusWord(io, contact.status)}${quiet}`,
    `${contact.favourite ? '★ ' : ''}${plain(contact.name)}`,
    platforms,
    [plain(said.join(' ')), stale].filter(Boolean).join(' '),
  ];
}
