import { afterEach, describe, expect, it } from 'vitest';
import type { MusterEvent } from '../../../src/contract/index.ts';
import { systemClock } from '../../../src/infra/clock/system-clock.ts';
import { registry } from '../../../src/platforms/registry.ts';
import { startHttpHost } from '../../../src/server/http-host.ts';
import { startWhatsappSimulator } from '../../../src/simulator/whatsapp/server.ts';
import { newHome, startCore, until } from '../../services/support/core.ts';
import { quietLogger } from '../../support/quiet-logger.ts';
import { HIDDEN } from './signed-in.ts';

const VERIFY_TOKEN = 'words between us and Meta';
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A core that answers on this machine alone, and a business on the same. */
async function start() {
  const home = newHome();
  const whatsapp = await startWhatsappSimulator({ redeliverAfterMs: 20 });
  closing.push(() => whatsapp.close());
  const { muster, stop } = startCore({ clock: systemClock, home });
  closing.push(stop);
  const host = await startHttpHost({
    core: { home, muster, clock: systemClock, logger: quietLogger(), redact: () => {} },
    host: '127.0.0.1',
    port: 0,
    rendererFolder: '/nonexistent',
  });
  closing.push(() => host.close());
  const number = whatsapp.business.addNumber({
    id: '106540352242922',
    displayPhoneNumber: '+1 555-078-3881',
    verifiedName: 'Analytical Engines',
    about: 'We build engines.',
  });
  const { id } = await muster.accounts.create({
    platform: 'whatsapp',
    settings: { apiUrl: whatsapp.apiUrl, phoneNumberId: number.id },
    secrets: {
      accessToken: whatsapp.business.issueToken(),
      appSecret: whatsapp.business.appSecret,
      verifyToken: VERIFY_TOKEN,
    },
  });
  await until('the account', () => muster.accounts.connection(id));
  return { whatsapp, muster, host, number, id };
}

describe('WhatsApp without a public address', () => {
  it('has an address on this machine while the platform is there too, and says that events come', async () => {
    const { whatsapp, muster, host, number, id } = await start();
    const address = muster.healths.of(id).webhookUrl ?? '';
    expect(address).toBe(`${host.server.url}/hooks/whatsapp/${id}`);
    expect(muster.accounts.connection(id)?.notices).toEqual([expect.stringContaining('nowhere yet')]);
    const announced: MusterEvent[] = [];
    muster.events.subscribe((event) => announced.push(event));
    await whatsapp.webhooks.subscribe(address, VERIFY_TOKEN);
    whatsapp.webhooks.message(number, HIDDEN);
    await until('the message', () => muster.contacts.all()[0]?.lastSeen);
    expect(announced.findLast(({ event }) => event === 'account')?.data).toMatchObject({ id, notices: [] });
    const connected = muster.accounts.connection(id);
    // What Meta says, asked twice: neither is about the event that came.
    await connected?.verify(AbortSignal.timeout(5_000));
    await connected?.verify(AbortSignal.timeout(5_000));
    expect(connected?.notices).toEqual([]);
    expect(muster.healths.of(id).push.state).toBe('up');
  });

  it('has none at Meta itself, nor where nothing is served', async () => {
    const { muster, id } = await start();
    const account = muster.accounts.record(id);
    if (account === null) throw new Error('no account');
    const { phoneNumberId } = account.settings;
    expect(muster.webhooks.urlOf({ ...account, settings: { phoneNumberId } })).toBe(null);
    expect(muster.webhooks.urlOf({ ...account, platform: 'xmpp' })).toBe(null);
    expect(registry.teams?.webhook?.sender).toBe(undefined);
    const unserved = startCore({ clock: systemClock, home: newHome() });
    closing.push(unserved.stop);
    expect(unserved.muster.webhooks.urlOf(account)).toBe(null);
  });
});
