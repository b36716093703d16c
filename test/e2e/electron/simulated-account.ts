import type { Page } from 'playwright';
import { z } from 'zod';
import { startXmppSimulator, type XmppSimulator } from '../../../src/simulator/xmpp/server.ts';
import { call } from './started-app.ts';

const DOMAIN = 'localhost';
const PASSWORD = 'correct horse battery staple';

/** A simulated XMPP server with a user of ours and a colleague. */
export type SimulatedAccount = {
  simulator: XmppSimulator;
  /** What a test must never find outside of the keychain. */
  password: string;
  /** Signs in through a window, as the interface does; resolves to the account's id. */
  signIn(page: Page): Promise<string>;
  /** What the server holds of the user's own presence through Muster. */
  ownPresence(): { show: string | null; status: string | null };
  adaComes(): void;
  adaLeaves(): void;
};

const accountSchema = z.object({ id: z.string() });

/** Starts the server. The caller closes `simulator`. */
export async function startSimulatedAccount(): Promise<SimulatedAccount> {
  const simulator = await startXmppSimulator({ domain: DOMAIN });
  simulator.addUser('grace', { password: PASSWORD, name: 'Grace Hopper' });
  simulator.addUser('ada', { password: PASSWORD, name: 'Ada Byron', groups: ['Engine'] });
  simulator.befriend('grace', 'ada');
  return {
    simulator,
    password: PASSWORD,
    async signIn(page) {
      const settings = { service: simulator.service, domain: DOMAIN, username: 'grace', allowInsecureLoopback: true };
      const body = { platform: 'xmpp', label: 'Work', settings, secrets: { password: PASSWORD } };
      const answer = await call(page, 'POST', '/v1/accounts', body);
      if (answer.status !== 201) throw new Error(`sign-in answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      return accountSchema.parse(answer.body).id;
    },
    ownPresence: () => {
      const session = simulator.sessions('grace').find(({ connected }) => connected);
      return { show: session?.show ?? null, status: session?.status ?? null };
    },
    adaComes: () => simulator.setPresence('ada', 'desk', {}),
    adaLeaves: () => simulator.goOffline('ada', 'desk'),
  };
}

const contactsSchema = z.object({ items: z.array(z.object({ id: z.string(), name: z.string(), status: z.string() })) });

/** A contact by its name, as the API has it now; undefined when there is none. */
export async function contactNamed(page: Page, name: string) {
  const { body } = await call(page, 'GET', '/v1/contacts?limit=500');
  return contactsSchema.parse(body).items.find((contact) => contact.name === name);
}
