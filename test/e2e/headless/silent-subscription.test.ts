import { describe, expect, it } from 'vitest';
import { routes } from '../../../src/contract/index.ts';
import { startLoopbackServer } from '../../../src/simulator/http/loopback-server.ts';
import { readBody } from '../../../src/simulator/http/read-body.ts';
import { startTeamsSimulator } from '../../../src/simulator/teams/server.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { closeAfterEach } from './support/cleaning.ts';
import { allContacts } from './support/queries.ts';
import { BREATHING, startVirtualCore, type VirtualCore } from './support/virtual-core.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const closing = closeAfterEach();
const NAMES = ['Ada Byron', 'Alan Turing', 'Edith Clarke'];
const mailOf = (name: string) => `${name.toLowerCase().replace(' ', '.')}@harbour-works.example`;

/** A tenant that sends its notifications to the core, as through the user's own proxy. */
async function subscribed() {
  const clock = new FakeClock();
  let core: VirtualCore | null = null;
  const proxy = await startLoopbackServer(async (request, response) => {
    const body = await readBody(request);
    const headers = { 'content-type': request.headers['content-type'] ?? 'application/json' };
    const answer = await core?.deliver(request.url ?? '/', { method: request.method ?? 'POST', headers, body });
    response.writeHead(answer?.status ?? 503, { 'content-type': answer?.headers.get('content-type') ?? 'text/plain' });
    response.end(await answer?.text());
  });
  closing(() => proxy.close());
  const simulator = await startTeamsSimulator({
    now: () => clock.now(),
    accessSeconds: 86_400,
    populate: (organisation) => {
      for (const displayName of NAMES) organisation.add({ displayName });
      const me = organisation.add({ displayName: 'Grace Hopper' });
      organisation.client(me.id, 'Available');
      return me;
    },
  });
  closing(() => simulator.close());
  const virtual = startVirtualCore({ clock, publicUrl: new URL(`http://127.0.0.1:${proxy.port}`) });
  core = virtual;
  await virtual.core.muster.prepare();
  closing(() => virtual.stop());
  const account = await virtual.api.call(routes.createAccount, {
    body: {
      platform: 'teams',
      settings: { graphUrl: simulator.graphUrl, authority: simulator.authority, clientId: simulator.clientId },
      secrets: { accessToken: simulator.issueToken(mailOf('Grace Hopper')) },
    },
  });
  const push = async () => (await virtual.api.call(routes.getAccountHealth, { params: { id: account.id } })).push.state;
  await virtual.passUntil(async () => expect(await push()).toBe('up'), 30 * SECOND, BREATHING);
  const say = (availability: string) => {
    for (const name of NAMES) simulator.organisation.client(mailOf(name), availability);
  };
  const shows = (status: string) => async () =>
    expect((await allContacts(virtual.api)).map((person) => person.status)).toEqual(NAMES.map(() => status));
  return { virtual, simulator, say, shows, push };
}

describe('a subscription that is valid and says nothing', () => {
  it('is noticed by what polls see, set up anew by itself, and nobody has to be told', {
    timeout: 60_000,
  }, async () => {
    const { virtual, simulator, say, shows, push } = await subscribed();
    say('Available');
    await virtual.passUntil(shows('online'), 10 * SECOND, BREATHING);
    const [before] = simulator.subscriptions.active();
    simulator.subscriptions.sending = false;
    say('Busy');
    // The polls see it, also while they are only there to reconcile.
    await virtual.passUntil(shows('busy'), 5 * MINUTE, BREATHING);
    await virtual.passUntil(
      () => expect(simulator.subscriptions.active()).not.toEqual([before]),
      3 * MINUTE,
      BREATHING,
    );
    await virtual.passUntil(async () => expect(await push()).toBe('up'), 30 * SECOND, BREATHING);
    simulator.subscriptions.sending = true;
    const heard = await virtual.api.call(routes.getStatistics);
    say('Away');
    await virtual.passUntil(
      async () => {
        await shows('away')();
        const { webhooks } = await virtual.api.call(routes.getStatistics);
        expect(webhooks).toBeGreaterThanOrEqual(heard.webhooks + NAMES.length);
      },
      30 * SECOND,
      BREATHING,
    );
    expect(virtual.core.notifications).toEqual([]);
  });
});
