import { FIRST_NAMES, LAST_NAMES } from './people/names.ts';
import { pick, type Random, seededRandom } from './people/random.ts';
import { startXmppSimulator, type XmppSimulator, type XmppSimulatorOptions } from './xmpp/server.ts';

/** A running XMPP server with people on it, and an account to read it with. */
export interface BelievableXmpp {
  readonly xmpp: XmppSimulator;
  /** Signs in with `password`; everybody else is in its roster. */
  readonly me: string;
  readonly password: string;
  readonly others: readonly string[];
}

const GROUPS = ['Workshop', 'Office', 'Friends'] as const;
const SHOWS = [undefined, undefined, undefined, 'chat', 'away', 'xa', 'dnd'] as const;
const SAYINGS = [undefined, undefined, 'Back at two', 'In the workshop', 'Writing, please knock', 'Lunch'] as const;

/** Starts a server where `people` users know each other by way of `me`. The same seed and number give the same people. */
export async function startBelievableXmpp(
  options: XmppSimulatorOptions & { readonly people: number; readonly seed?: number },
): Promise<BelievableXmpp> {
  const random = seededRandom(options.seed ?? 1);
  const xmpp = await startXmppSimulator(options);
  const password = `harbour-${options.seed ?? 1}`;
  const me = 'robin';
  xmpp.addUser(me, { password, name: 'Robin Harbour' });
  const others: string[] = [];
  while (others.length < options.people - 1) {
    const [first, last] = [pick(random, FIRST_NAMES), pick(random, LAST_NAMES)];
    const plain = first
      .normalize('NFD')
      .replace(/[^A-Za-z]/g, '')
      .toLowerCase();
    const username = `${plain || 'guest'}${others.length + 1}`;
    xmpp.addUser(username, { password, name: `${first} ${last}`, groups: [pick(random, GROUPS)] });
    xmpp.befriend(me, username);
    others.push(username);
    if (random() < 0.7) speak(xmpp, username, random);
  }
  return { xmpp, me, password, others };
}

/** Lets one of these users come, go or say something else. How often is the caller's affair. */
export function changeSomebody(xmpp: XmppSimulator, others: readonly string[], random: Random): void {
  const username = pick(random, others);
  if (xmpp.sessions(username).some((session) => session.resource === 'desk') && random() < 0.35) {
    xmpp.goOffline(username, 'desk');
    return;
  }
  speak(xmpp, username, random);
}

function speak(xmpp: XmppSimulator, username: string, random: Random): void {
  const [show, status] = [pick(random, SHOWS), pick(random, SAYINGS)];
  xmpp.setPresence(username, 'desk', {
    priority: 5,
    ...(show === undefined ? {} : { show }),
    ...(status === undefined ? {} : { status }),
  });
}
